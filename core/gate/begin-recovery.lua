-- begin-recovery: closes a gate, whatever is left of it, until its rebuild is done. Safe to send twice.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers holders
-- ARGV:
--   fence (token of the guardian's lease: only ever grows)   recoveryId (of this recovery: what comes late of another one
--   is refused)
--   makeUntilMs (a gate that is not there is made until then: whoever asked whether the sale is archived and was frozen since
--   comes too late; 0: not at all)
-- Replies:
--   absent   nowMs: there is no gate, and none was made
--   begun    isAlive ("1": the gate was open and whole in this life of Redis, and if another recovery has closed it, that one
--            has filled nothing; its outbox has all that is not in the ledger)
--            isSameLife ("1": whatever is left of the gate is of this life of Redis)
--   fenced   a later guardian has been here
--   over     this recovery has opened the gate already: a repeat that comes late does not close it
local gate = redis.call("HMGET", gateKey, "fence", "run_id", "recovering", "buyer_count", "recovery_id", "was_alive",
  "is_same_life")
if gate[1] and tonumber(gate[1]) > tonumber(fence) then return { "fenced" } end
if not gate[1] and not gate[2] and clockMs() > tonumber(makeUntilMs) then
  return { "absent", string.format("%.0f", clockMs()) }
end
local runId = runIdOfServer()
local wasAlive, isSameLife
if gate[5] == recoveryId and gate[2] == runId then
  if gate[3] == "0" then return { "over" } end
  wasAlive, isSameLife = gate[6] == "1", gate[7] == "1"
else
  isSameLife = gate[2] == runId
  wasAlive = isSameLife and (gate[3] == "0" or gate[6] == "1") and gate[4] and isWhole(buyersKey, holdersKey, gate[4])
end
redis.call("HSET", gateKey, "run_id", runId, "fence", fence, "recovering", 1, "recovery_id", recoveryId,
  "was_alive", wasAlive and 1 or 0, "is_same_life", isSameLife and 1 or 0)
return { "begun", wasAlive and "1" or "0", isSameLife and "1" or "0" }
