// The tests of MDN's HTTP Observatory on one address of this machine: `node observatory.mjs TOOLS HOST PORT`.
// Its own command takes no port and wants a list from the network; the tests themselves need neither.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [tools, host, port] = process.argv.slice(2);
const base = path.join(tools, "node_modules/@mdn/mdn-http-observatory");
const preload = path.join(base, "conf/hsts-preload.json");
if (!fs.existsSync(preload)) fs.writeFileSync(preload, "{}");
const load = (file) => import(pathToFileURL(path.join(base, "src", file)).href);
const { retrieve } = await load("retriever/retriever.js");
const { ALL_TESTS } = await load("constants.js");
const { getScoreModifier } = await load("grader/grader.js");
const seen = await retrieve(host, { httpPort: Number(port), httpsPort: 9 });
const told = ALL_TESTS.map((test) => {
  const { result } = test(seen);
  return { result, modifier: result ? getScoreModifier(result) : 0 };
});
console.log(JSON.stringify(told));
