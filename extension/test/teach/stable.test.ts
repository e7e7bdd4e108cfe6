import assert from "node:assert/strict";
import { test } from "node:test";
import { isHashed, isIdLike, isStableId, isStableValue, isState, prefixOf } from "../../src/teach/stable";

for (const token of ["css-1q8k2z", "sc-bdVaJa", "Message_row__aB3xZ", "jss123", "_3xKd9a", "svelte-1tky8bj", "message-item-2fGh1", "kqzbt", "emotion-0-x9k2", "a1b2c3d4", "MuiBox-root-128"])
  test(`made by a machine: ${token}`, () => assert.equal(isHashed(token), true));

for (const token of ["message", "chat-row", "msgBubble", "message__text", "col12", "chatRoom", "is-mine", "from-buyer", "textarea", "rightSide", "h2", "bubble--own", "ant-input", "imChatItem", "px-4"])
  test(`somebody's word: ${token}`, () => assert.equal(isHashed(token), false));

test("what stands before a checksum is kept when it says something", () => {
  assert.equal(prefixOf("Message_row__aB3xZ"), "Message_row__");
  assert.equal(prefixOf("message-item-2fGh1"), "message-item-");
  assert.equal(prefixOf("css-1q8k2z"), "");
  assert.equal(prefixOf("a_1q8k2z"), "");
  assert.equal(prefixOf("chat-row"), "");
});

test("states are no names", () => {
  for (const token of ["active", "is-selected", "hover", "unread", "row-active", "last"]) assert.equal(isState(token), true, token);
  for (const token of ["mine", "buyer", "row", "lastname"]) assert.equal(isState(token), false, token);
});

test("values of one thing are told from words of the page", () => {
  for (const value of ["840017", "msg-19283746", "7f3a9c1d", "0b1c2d3e-1111-2222-3333-444455556666", ":r1:"]) assert.equal(isIdLike(value), true, value);
  for (const value of ["message", "chat.room.card", "buyer-name"]) assert.equal(isIdLike(value), false, value);
  assert.equal(isStableValue("Write a message"), true);
  assert.equal(isStableValue("x".repeat(61)), false);
  assert.equal(isStableId("composer"), true);
  for (const id of ["7", "row-12", "css-1q8k2z", ":r2:", "message-840017"]) assert.equal(isStableId(id), false, id);
});
