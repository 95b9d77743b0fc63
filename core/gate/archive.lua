-- archive: removes the keys of a closed sale's gate, once what it says is recorded. Safe to send twice, and late.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers outbox holders attempts attemptsBefore steps turns holds
-- ARGV:
--   revision (of the record that has what the gate says: a gate with a newer one is of a sale that goes on)
--   sold withheld places (as recorded)
-- Replies:
--   removed   nothing is left of the gate
--   changed   the sale goes on, or something has happened since it was recorded: nothing was removed
local gate = redis.call("HMGET", gateKey, "run_id", "recovering", "revision", "state", "ends_at_ms", "sold", "withheld",
  "places", "held")
-- What is left of another life of Redis nobody can use. A recovery that has begun made it one of this life.
if gate[1] and gate[1] == runIdOfServer() then
  local endsAtMs = tonumber(gate[5] or 0)
  local isOver = gate[4] == "ended" or (endsAtMs > 0 and clockMs() >= endsAtMs)
  local isNewer = not gate[3] or tonumber(gate[3]) > tonumber(revision)
  local isAsRecorded = gate[6] == sold and gate[7] == withheld and gate[8] == places
  if gate[2] == "1" or isNewer or not isOver or not isAsRecorded or redis.call("HLEN", outboxKey) > 0 or tonumber(gate[9] or 0) > 0 then
    return { "changed" }
  end
end
redis.call("UNLINK", gateKey, buyersKey, outboxKey, holdersKey, attemptsKey, attemptsBeforeKey, stepsKey,
  turnsKey, holdsKey)
return { "removed" }
