// The mark of Seabridge, a bridge over two waves on sea blue, as SVG and drawn to PNG here, so that no binary is kept.

import { deflateSync } from "node:zlib";

// All lengths in a square of 128.
const BLUE = [11, 95, 134];
const DEEP = [7, 59, 92];
const PALE = [244, 250, 252];
const STROKE = 9;
const RADIUS = 28;
const WAVES = [84, 102];

export const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="rgb(${BLUE})"/><stop offset="1" stop-color="rgb(${DEEP})"/></linearGradient></defs><rect width="128" height="128" rx="${RADIUS}" fill="url(#g)"/><g fill="none" stroke="rgb(${PALE})" stroke-width="${STROKE}" stroke-linecap="round"><path d="M22 64H106"/><path d="M30 64A34 34 0 0 1 98 64"/><path d="M64 30V64M45 36V64M83 36V64" stroke-width="5"/>${WAVES.map((y) => `<path d="${wavePath(y)}"/>`).join("")}</g></svg>`;

function wavePath(y) {
  let path = "";
  for (let x = 22; x <= 106; x += 3) path += `${path ? "L" : "M"}${x} ${(y + wave(x)).toFixed(2)}`;
  return path;
}

function wave(x) {
  return 4.5 * Math.sin(((x - 22) / 84) * Math.PI * 4);
}

/** PNG bytes of the mark in size × size pixels. */
export function png(size) {
  const over = size <= 32 ? 6 : 3;
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0];
      for (let j = 0; j < over; j++)
        for (let i = 0; i < over; i++) {
          const [r, g, b, a] = colourAt(((x + (i + 0.5) / over) * 128) / size, ((y + (j + 0.5) / over) * 128) / size, size <= 32);
          sum[0] += r * a;
          sum[1] += g * a;
          sum[2] += b * a;
          sum[3] += a;
        }
      const at = y * (size * 4 + 1) + 1 + x * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = sum[3] ? Math.round(sum[c] / sum[3]) : 0;
      rows[at + 3] = Math.round((sum[3] / (over * over)) * 255);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function colourAt(x, y, small) {
  const dx = Math.max(RADIUS - x, x - (128 - RADIUS), 0);
  const dy = Math.max(RADIUS - y, y - (128 - RADIUS), 0);
  if (Math.hypot(dx, dy) > RADIUS) return [0, 0, 0, 0];
  if (inMark(x, y, small)) return [...PALE, 1];
  const t = y / 128;
  return [...BLUE.map((v, i) => v + (DEEP[i] - v) * t), 1];
}

function inMark(x, y, small) {
  const half = (small ? STROKE * 1.25 : STROKE) / 2;
  const inside = x >= 22 && x <= 106;
  if (inside && Math.abs(y - 64) <= half) return true;
  if (y <= 64 && Math.abs(Math.hypot(x - 64, y - 64) - 34) <= half) return true;
  if (!small && y <= 64 && y >= 30 && [64, 45, 83].some((post) => Math.abs(x - post) <= 2.5 && (post === 64 || y >= 36))) return true;
  return inside && (small ? [90] : WAVES).some((base) => Math.abs(y - base - wave(x) * (small ? 1.4 : 1)) <= half);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}
