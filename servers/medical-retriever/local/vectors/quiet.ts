/**
 * To be imported before LanceDB, which reads it as it is loaded: its warnings are about its own work (an index that takes in new rows
 * names the parts that it split), and go to the standard error output of whoever uses this server.
 */
process.env["LANCEDB_LOG"] ??= "error";
