-- adopt: counts a reservation of an older epoch, which no rebuild has counted, if a unit is left. Safe to send twice.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers holders
-- ARGV:
--   buyerId keyHash quantity (units) orderId place
-- Replies:
--   lost | recovering
--   counted   epoch   the gate knows this order
--   adopted   epoch   it has taken its units now
--   refused   epoch   no units are left, or the buyer has others in their stead. For good, while this epoch lasts: the
--                     refused order stays among the buyer's, without units, so that no second asking is answered otherwise
local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "available", "purchase_limit", "holder_bits",
  "buyer_count", "epoch")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
if gate[2] == "1" then return { "recovering" } end
-- Without all its buyers, or with another filter of holders, the gate would refuse what it has counted, or forget holders.
if not isWhole(buyersKey, holdersKey, gate[6]) then return { "lost" } end

local wanted, units = tonumber(quantity), 0
local orders = redis.call("HGET", buyersKey, buyerId)
if orders then
  for known, ordered, _, _, unitsLeft in string.gmatch(orders, ORDER) do
    local left = unitsLeft == "" and tonumber(ordered) or tonumber(unitsLeft)
    if known == orderId then return { left > 0 and "counted" or "refused", gate[7] } end
    units = units + left
  end
end
local taken = wanted
if units + wanted > tonumber(gate[4]) or tonumber(gate[3]) < wanted then taken = 0 end
-- Not for none: the negative of zero is "-0", which Redis refuses.
if taken > 0 then
  redis.call("HINCRBY", gateKey, "available", -taken)
  redis.call("HINCRBY", gateKey, "sold", taken)
end
addOrder(gateKey, buyersKey, buyerId, orders, orderText(orderId, wanted, place, keyHash, taken, 0))
markHolder(holdersKey, tonumber(gate[5]), buyerId)
return { taken > 0 and "adopted" or "refused", gate[7] }
