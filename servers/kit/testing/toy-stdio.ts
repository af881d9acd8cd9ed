/** The toy server as a process, for tests of standard input and output. */
import { serveStdio } from "../serve-stdio.ts";
import { toyServer } from "./toy.ts";

// What a careless library prints must not reach the client.
const factory = toyServer();
await serveStdio({
  ...factory,
  create: () => {
    console.log("a library says hello");
    return factory.create();
  },
});
process.stderr.write("ended cleanly\n");
