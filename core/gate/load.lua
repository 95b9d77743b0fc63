-- load: makes the gate of a sale that was never loaded before. Safe to send twice; never touches a gate that is there.
-- The caller must have recorded, in the system of record, that this sale is loaded from now on: once it is, a missing
-- gate is lost and only a recovery may make it anew.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers outbox holders attempts attemptsBefore steps turns holds
-- ARGV:
--   epoch revision holderBits (filter size)   makeUntilMs (none is made after that, as in begin-recovery.lua; 0: not at all)
--   then the settings (see lib/settings.lua)
-- Replies: loaded | present | lost (keys of another Redis life are there) | absent nowMs (none was made)
local runId = runIdOfServer()
local life = redis.call("HGET", gateKey, "run_id")
if life == runId then return { "present" } end
if life then return { "lost" } end
if clockMs() > tonumber(makeUntilMs) then return { "absent", string.format("%.0f", clockMs()) } end
redis.call("UNLINK", buyersKey, outboxKey, holdersKey, attemptsKey, attemptsBeforeKey, stepsKey, turnsKey,
  holdsKey)
redis.call("HSET", gateKey, "run_id", runId, "epoch", epoch, "recovering", 0,
  "available", given("allocated", restFrom), "held", 0, "hold_count", 0, "sold", 0, "withheld", 0, "places", 0, "restock_at_ms", 0,
  "attempts_turn", 0, "holder_bits", holderBits, "buyer_count", 0, "fence", 0)
storeSettings(gateKey, revision, restFrom)
return { "loaded" }
