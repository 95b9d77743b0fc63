-- whole: whether the gate has all that it ever held.

-- A buyers hash that vanished, alone or in part, would sell to the same buyers again. A filter that vanished would be
-- begun anew by the next holder, and miss all those before.
local function isWhole(buyersKey, holdersKey, buyerCount)
  if redis.call("HLEN", buyersKey) ~= tonumber(buyerCount) then return false end
  return buyerCount == "0" or redis.call("EXISTS", holdersKey) == 1
end
