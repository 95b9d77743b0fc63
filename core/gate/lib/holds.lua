-- holds: units that are reserved and not paid for, by when their time is over.
--
-- The holds set has "orderId:buyerId" with the instant, in milliseconds of the gate's clock. Its units are counted in "held";
-- whoever takes an order out of it moves them to "sold" or gives them back. "hold_count" tells whether the set is whole: one
-- that was lost would leave its units held for good. reserve.lua adds to it.

local function holdMember(orderId, buyerId) return orderId .. ":" .. buyerId end

local function hasAllHolds(holdsKey, holdCount) return redis.call("ZCARD", holdsKey) == tonumber(holdCount or 0) end

-- Whether the order was held; it no longer is. So many units it had.
local function endHold(gateKey, holdsKey, orderId, buyerId, units)
  if redis.call("ZREM", holdsKey, holdMember(orderId, buyerId)) == 0 then return false end
  redis.call("HINCRBY", gateKey, "hold_count", -1)
  redis.call("HINCRBY", gateKey, "held", -units)
  return true
end
