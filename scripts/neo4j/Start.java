import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j Community server in this process, for tests and benchmarks: java -cp 'lib/*' Start.java FOLDER PORT.
 * Data stays in FOLDER, so that a killed server can be started again. The password comes by NEO4J_PASSWORD. Prints one
 * line, the bolt address, when it answers, and ends when its standard input does: it never outlives who started it.
 */
public class Start {
  public static void main(String[] args) throws Exception {
    var folder = Path.of(args[0]);
    var isNew = !Files.exists(folder.resolve("data"));
    var service = new DatabaseManagementServiceBuilder(folder)
        .setConfig(BoltConnector.enabled, true)
        .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(args[1])))
        .setConfig(HttpConnector.enabled, false)
        .setConfig(GraphDatabaseSettings.auth_enabled, true)
        .setConfig(GraphDatabaseSettings.auth_lock_time, Duration.ZERO)
        .setConfig(GraphDatabaseSettings.pagecache_memory, 256L * 1024 * 1024)
        .build();
    Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
    if (isNew) service.database("system").executeTransactionally(
        "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
        Map.of("password", System.getenv("NEO4J_PASSWORD")));
    System.out.println("bolt://127.0.0.1:" + args[1]);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
