// Reads pictures of grey bytes ("width height" a line on stdin, then the file) with jsQR; prints what each says, a line each.
"use strict";
const fs = require("fs");
const jsQR = require(process.argv[2]);
for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
  const [width, height, file] = line.split(" ");
  const grey = fs.readFileSync(file);
  const colours = new Uint8ClampedArray(grey.length * 4);
  for (let at = 0; at < grey.length; at += 1) colours.fill(grey[at], at * 4, at * 4 + 3);
  // Dark on white, as all of them are: a second search for light ones finds nothing more, and takes as long again.
  const found = (jsQR.default || jsQR)(colours, Number(width), Number(height), { inversionAttempts: "dontInvert" });
  console.log(found ? found.data : "");
}
