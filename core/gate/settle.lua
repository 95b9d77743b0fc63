-- settle: tells the gate what is left of an order's units. Absolute, and only lowers: safe to send twice, late, and in any
-- order. Only what has been decided for good is told here. An order that was held is so no longer: what is left is sold.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers outbox holds
-- ARGV:
--   buyerId orderId unitsLeft unitsWithheld (of this order, all that ever were)
-- Replies:
--   lost | recovering (a rebuild may have counted the order before it was decided: tell it again)
--   unknown   the gate does not count this order: there is nothing to give back
--   settled
local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "hold_count")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
if gate[2] == "1" then return { "recovering" } end

if not hasAllHolds(holdsKey, gate[3]) then return { "lost" } end

local left, withheld = tonumber(unitsLeft), tonumber(unitsWithheld)
-- Before anything is written: what a script wrote stays when it fails.
if math.min(left, withheld) < 0 or left % 1 ~= 0 or withheld % 1 ~= 0 then
  return redis.error_reply("units left and withheld are whole numbers from 0")
end
local orders = redis.call("HGET", buyersKey, buyerId)
if not orders then return { "unknown" } end
local texts, isKnown, before, fewer, moreWithheld = {}, false, 0, 0, 0
for id, quantity, place, keyHash, leftBefore, withheldBefore in string.gmatch(orders, ORDER) do
  local had = leftBefore == "" and tonumber(quantity) or tonumber(leftBefore)
  local hadWithheld = withheldBefore == "" and 0 or tonumber(withheldBefore)
  if id == orderId then
    isKnown, before = true, had
    if left < had then
      fewer, moreWithheld = had - left, withheld - hadWithheld
      had, hadWithheld = left, withheld
    end
  end
  texts[#texts + 1] = orderText(id, quantity, place, keyHash, had, hadWithheld)
end
if not isKnown then return { "unknown" } end
if moreWithheld < 0 or moreWithheld > fewer then return redis.error_reply("units were withheld that did not come back") end
-- Decided, so nobody need send it any more.
redis.call("HDEL", outboxKey, orderId)
if endHold(gateKey, holdsKey, orderId, buyerId, before) then redis.call("HINCRBY", gateKey, "sold", before) end
if fewer > 0 then
  redis.call("HSET", buyersKey, buyerId, table.concat(texts, ";"))
  redis.call("HINCRBY", gateKey, "sold", -fewer)
  redis.call("HINCRBY", gateKey, "withheld", moreWithheld)
  addAvailable(gateKey, fewer - moreWithheld)
end
return { "settled" }
