-- bought-units: how many units were bought in each step whose turns may still run, and how many nobody has, at one instant.
-- Changes nothing.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate steps
-- ARGV: none
-- Replies:
--   lost | recovering (or not told yet what entries have bought)
--   counted   nowMs   available   then for each such step that the gate has: number units
local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "epoch", "line_epoch", "line_steps", "line_lapsed",
  "available")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
local hasSteps = tonumber(gate[5] or 0) > 0
if gate[2] == "1" or (hasSteps and gate[4] ~= gate[3]) then return { "recovering" } end
local reply = { "counted", string.format("%.0f", clockMs()), gate[7] }
for number = tonumber(gate[6] or 0) + 1, tonumber(gate[5] or 0) do
  reply[#reply + 1] = number
  reply[#reply + 1] = redis.call("HGET", stepsKey, "units:" .. number) or 0
end
return reply
