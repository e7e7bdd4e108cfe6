// The questions in their order, and what each one points at. Pure.

export type Kind = "chat" | "listing";
export type StepId = "buyer" | "seller" | "field" | "send" | "name" | "shop" | "time" | "title" | "bullet" | "bullet2" | "description" | "other" | "try";

export interface Step {
  id: StepId;
  /** Cannot be skipped. */
  need: boolean;
  /** What is pointed at; "" = nothing here. */
  at: "message" | "field" | "button" | "text" | "";
}

const CHAT: Step[] = [
  { id: "buyer", need: true, at: "message" },
  { id: "seller", need: true, at: "message" },
  { id: "field", need: true, at: "field" },
  { id: "send", need: false, at: "button" },
  { id: "name", need: false, at: "text" },
  { id: "shop", need: false, at: "text" },
  { id: "time", need: false, at: "text" },
  { id: "other", need: false, at: "" },
  { id: "try", need: true, at: "" },
];
const LISTING: Step[] = [
  { id: "title", need: true, at: "field" },
  { id: "bullet", need: false, at: "field" },
  { id: "bullet2", need: false, at: "field" },
  { id: "description", need: false, at: "field" },
  { id: "try", need: true, at: "" },
];

/** The steps of a kind of page; a second bullet is asked for only after a first. */
export function stepsOf(kind: Kind, given: (id: StepId) => boolean): Step[] {
  return kind === "chat" ? CHAT : LISTING.filter(({ id }) => id !== "bullet2" || given("bullet"));
}
