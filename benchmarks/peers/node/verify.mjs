// Checks messages with xml-crypto: parse, find the Signature, checkSignature
// with the key of certificate.pem in the folder given. The orders on standard
// input are those of package line.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";

const publicCert = readFileSync(join(process.argv[2], "certificate.pem"), "utf8");
const space = "http://www.w3.org/2000/09/xmldsig#";
let text = "";

function accepts() {
  const document = new DOMParser().parseFromString(text, "text/xml");
  const signed = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  signed.loadSignature(document.getElementsByTagNameNS(space, "Signature")[0]);
  try {
    return signed.checkSignature(text) && signed.getSignedReferences().length === 1;
  } catch {
    return false;
  }
}

function run(times) {
  const computed = process.cpuUsage();
  const start = process.hrtime.bigint();
  for (let i = 0; i < times; i++) {
    if (!accepts()) throw new Error("a message that was accepted is refused");
  }
  const wall = process.hrtime.bigint() - start;
  const { user, system } = process.cpuUsage(computed);
  return `${wall} ${(user + system) * 1000} 0`;
}

function answer(order) {
  if (order.startsWith("load ")) {
    text = readFileSync(order.slice(5), "utf8");
    return accepts() ? "accepts" : "refuses: the signature does not hold";
  }
  return run(Number(order.slice(4)));
}

for await (const order of createInterface({ input: process.stdin })) console.log(answer(order));
