// What an editor with formatting loses when words take the place of all it holds.

import { isInput, type Field } from "../sites/composer";

const THINGS = "img, picture, video, audio, iframe, table, canvas, object, svg:not([aria-hidden])";
const LOOKS = "b, strong, i, em, u, s, a[href], h1, h2, h3, h4, h5, h6, ul, ol, [style*=color], [style*=font]";

/** things: pictures or tables, which nobody could put back: it is not done. looks: formatting, which is said. */
export function lossesOf(field: Field): "things" | "looks" | "" {
  if (isInput(field)) return "";
  if (field.querySelector(THINGS)) return "things";
  return field.querySelector(LOOKS) ? "looks" : "";
}
