/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const isProduction = input.stage === "production";
    return {
      name: "flash-sale",
      home: "aws",
      version: "4.17.1",
      // Production's data outlives `sst remove`; everything else is gone with its stage.
      removal: isProduction ? "retain" : "remove",
      protect: isProduction,
      providers: { aws: { region: "us-east-1", version: "7.48.0" }, random: "4.18.4" },
    };
  },
  async run() {
    const { createStack } = await import("./stacks/index.ts");
    return createStack();
  },
});
