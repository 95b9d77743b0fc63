-- guests: who may come to a sale, by the invitation whose signature the purchase has checked.
--
-- A gate from before there were lists has none of these settings, and takes everybody.

-- When this buyer may buy from, in milliseconds; or nil, and why they may not come: no_invitation | outdated.
-- edition and fromMs are "" without an invitation; fromMs is "" without a tier.
local function guestStart(startsAtMs, needed, leastEdition, firstTierMs, edition, fromMs, nowMs)
  local isPresent = edition ~= "" and tonumber(edition) >= tonumber(leastEdition or 0)
  if needed == "1" and not isPresent then return nil, edition == "" and "no_invitation" or "outdated" end
  local firstMs = tonumber(firstTierMs or 0)
  if firstMs == 0 or fromMs == "" then return startsAtMs end
  -- Whose tier it was before the list changed asks again, until the sale is open to everybody.
  if not isPresent then
    if nowMs < startsAtMs then return nil, "outdated" end
    return startsAtMs
  end
  return math.min(startsAtMs, math.max(firstMs, tonumber(fromMs)))
end
