// Reads pictures of grey bytes ("width height" a line on stdin, then the file) with jsQR; prints what each says, a line each.
"use strict";
const fs = require("fs");
const jsQR = require(process.argv[2]);
for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
  const [width, height, file] = line.split(" ");
  const grey = fs.readFileSync(file);
  const colours = new Uint8ClampedArray(grey.length * 4);
  grey.forEach((value, at) => colours.set([value, value, value, 255], at * 4));
  const found = (jsQR.default || jsQR)(colours, Number(width), Number(height));
  console.log(found ? found.data : "");
}
