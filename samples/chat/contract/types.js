// Validates an AsyncAPI document, and writes the types of its events: node types.js asyncapi.json contract.d.ts
// The type Channels has an interface for each channel, which has the type of the data for each event.

import { readFile, writeFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";
import { compile } from "json-schema-to-typescript";

const ERROR = 0; // the severity of a diagnostic
const [source, target] = process.argv.slice(2);
const text = await readFile(source, "utf8");

const { diagnostics } = await new Parser().parse(text);
for (const { severity, path, message } of diagnostics) {
  console.log(`${severity === ERROR ? "error" : "warning"} at ${path.join(".")}: ${message}`);
}
if (diagnostics.some(({ severity }) => severity === ERROR)) {
  process.exit(1);
}

const { channels, components } = JSON.parse(text);
const object = (title, entries) => {
  const properties = Object.fromEntries(entries);
  return { title, type: "object", properties, required: Object.keys(properties) };
};
const interfaces = Object.entries(channels).map(([id, { address, messages }]) =>
  [address, object(id, Object.values(messages).map(({ name, payload }) => [name, payload]))]);
const types = await compile({ ...object("Channels", interfaces), components }, "Channels", {
  additionalProperties: false, // otherwise each type accepts properties of any name
  bannerComment: "// generated from the events of the application, see types.js",
});
await writeFile(target, types);
