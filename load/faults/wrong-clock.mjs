// Imported before a function: its wall clock is wrong by CLOCK_SHIFT_MS, always or, with CLOCK_STEP_MS, by so much more after each step.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const stepMs = Number(process.env.CLOCK_STEP_MS);
const RealDate = Date;
const errorMs = () => shiftMs * (stepMs === 0 ? 1 : Math.floor(performance.now() / stepMs));

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + errorMs());
    else super(...args);
  }
  static now() {
    return RealDate.now() + errorMs();
  }
};
