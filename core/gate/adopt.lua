-- adopt: counts a reservation of an older epoch, which no rebuild has counted, if a unit is left. Safe to send twice.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers holders
--   steps turns (of a sale with a line)
-- ARGV:
--   buyerId keyHash quantity (units) orderId place
--   list step entryQuantity (of the entry that it was bought by; "" without a line)
-- Replies:
--   lost | recovering (also: it has not been told yet what entries have bought, and would count this order twice)
--   counted   epoch   the gate knows this order
--   adopted   epoch   it has taken its units now
--   refused   epoch   no units are left, or the buyer or entry has others in their stead, or the key has become another order,
--                     or its turn has lapsed where each unit is promised to somebody: in a draw, and for returns.
--                     For good, while this epoch lasts: the refused order stays among the buyer's, without units, so that
--                     no second asking is answered otherwise
local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "available", "purchase_limit", "holder_bits",
  "buyer_count", "epoch", "line_epoch", "mode", "line_lapsed")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
if gate[2] == "1" then return { "recovering" } end
-- Without all its buyers, or with another filter of holders, the gate would refuse what it has counted, or forget holders.
if not isWhole(buyersKey, holdersKey, gate[6]) then return { "lost" } end

local wanted, units, isReplaced = tonumber(quantity), 0, false
local orders = redis.call("HGET", buyersKey, buyerId)
if orders then
  for known, ordered, _, key, unitsLeft in string.gmatch(orders, ORDER) do
    local left = unitsLeft == "" and tonumber(ordered) or tonumber(unitsLeft)
    if known == orderId then return { left > 0 and "counted" or "refused", gate[7] } end
    units = units + left
    if key == keyHash then isReplaced = true end
  end
end
local turnField, isOverTurn, hasLapsed = list .. ":" .. buyerId, false, false
if step ~= "" then
  if gate[8] ~= gate[7] then return { "recovering" } end
  if gate[9] ~= "waiting_room" then
    -- The unit of a turn that has lapsed may be promised to the next one, in the log, before this gate hears of it. Until it
    -- lapses it is this entry's own. The guardian counts what is free by this clock: each unit is adopted, or passed on.
    local row = redis.call("HGET", stepsKey, step)
    if not row and tonumber(step) > tonumber(gate[10] or 0) then return { "recovering" } end
    local lapsesAtMs = row and tonumber(string.match(row, "(%d+)$")) or 1
    hasLapsed = lapsesAtMs > 0 and clockMs() >= lapsesAtMs
  end
  local bought = tonumber(redis.call("HGET", turnsKey, turnField) or 0)
  isOverTurn = bought + wanted > tonumber(entryQuantity)
end
local isTooMuch = units + wanted > tonumber(gate[4]) or tonumber(gate[3]) < wanted
local isRefused = isReplaced or isOverTurn or hasLapsed or isTooMuch
local taken = isRefused and 0 or wanted
-- Not for none: the negative of zero is "-0", which Redis refuses.
if not isRefused then
  redis.call("HINCRBY", gateKey, "available", -wanted)
  redis.call("HINCRBY", gateKey, "sold", wanted)
  if step ~= "" then countInTurn(stepsKey, turnsKey, step, turnField, wanted) end
end
addOrder(gateKey, buyersKey, buyerId, orders, orderText(orderId, wanted, place, keyHash, taken, 0))
markHolder(holdersKey, tonumber(gate[5]), buyerId)
return { isRefused and "refused" or "adopted", gate[7] }
