import { unwrap } from "./unwrap.ts";

/** The values that AWS would compute, as the components need them to go on. */
type Inputs = Record<string, unknown>;
type NewResource = { readonly type: string; readonly name: string; readonly inputs: Inputs };
type Call = { readonly token: string; readonly inputs: Inputs };
type Condition = Readonly<Record<"test" | "variable", string>> & { readonly values: readonly string[] };
type Statement = Readonly<Record<"effect" | "actions" | "resources" | "principals", unknown>> & {
  readonly conditions?: readonly Condition[];
};

export const REGION = "us-east-1";
export const MOCK_MIGRATION = "0000_mock_migration";
export const ACCOUNT = "123456789012";

const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** In every secret that the mocks make up, so that one in the wrong place shows. */
export const SECRET_MARK = "mockSecret";

/** Letters and digits that differ by resource. */
const noise = (name: string) => `${SECRET_MARK}${name.replace(/\W/g, "")}`.padEnd(48, "x");

const computed: Readonly<Record<string, (name: string, inputs: Inputs) => Inputs>> = {
  "aws:sqs/queue:Queue": (name) => ({ url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}` }),
  "aws:lambda/function:Function": (name) => ({
    qualifiedArn: arn("lambda", `function:${name}:1`),
    version: "1",
    invokeArn: arn("apigateway", `lambda:path/2015-03-31/functions/${name}/invocations`),
    responseStreamingInvokeArn: arn("apigateway", `lambda:path/2021-11-15/functions/${name}/invocations`),
    lastModified: "2026-01-01T00:00:00Z",
  }),
  "aws:lambda/alias:Alias": (name, inputs) => ({
    arn: arn("lambda", `function:${textOf(inputs["functionName"]) ?? ""}:${name}`),
  }),
  "aws:lambda/invocation:Invocation": () => ({ result: JSON.stringify(MOCK_MIGRATION) }),
  "aws:apigatewayv2/api:Api": () => ({
    apiEndpoint: `https://abc123.execute-api.${REGION}.amazonaws.com`,
    executionArn: arn("execute-api", "abc123"),
  }),
  "aws:elasticache/replicationGroup:ReplicationGroup": (_name, inputs) => ({
    clusterEnabled: inputs["clusterMode"] === "enabled",
    configurationEndpointAddress: "clustercfg.gate.cache.amazonaws.com",
    port: 6379,
  }),
  "aws:rds/instance:Instance": () => ({
    endpoint: "orders.rds.amazonaws.com:5432",
    address: "orders.rds.amazonaws.com",
    identifier: "orders",
    port: 5432,
  }),
  "aws:cloudfront/distribution:Distribution": () => ({
    domainName: "d111111abcdef8.cloudfront.net",
    hostedZoneId: "Z2FDTNDATAQYW2",
  }),
  "aws:s3/bucket:Bucket": (name) => ({
    bucket: name,
    bucketRegionalDomainName: `${name}.s3.${REGION}.amazonaws.com`,
  }),
  "aws:ec2/vpc:Vpc": (_name, inputs) => ({
    cidrBlock: inputs["cidrBlock"],
    defaultSecurityGroupId: "sg-default",
  }),
  "random:index/randomPassword:RandomPassword": (name) => ({ result: noise(name) }),
  "random:index/randomBytes:RandomBytes": () => ({ base64: Buffer.alloc(32, 7).toString("base64") }),
};

/** As IAM writes them: by the kind of test, then by variable. */
const toConditions = (conditions: readonly Condition[]) =>
  Object.fromEntries(conditions.map(({ test, variable, values }) => [test, { [variable]: values }]));

const toPolicy = (statements: readonly Statement[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ effect, actions, resources, principals, conditions }) => ({
      Effect: effect ?? "Allow",
      Action: actions,
      Resource: resources,
      Principal: principals,
      Condition: conditions && toConditions(conditions),
    })),
  });

const answers: Readonly<Record<string, Inputs>> = {
  "aws:index/getRegion:getRegion": { region: REGION, name: REGION },
  "aws:index/getPartition:getPartition": { partition: "aws", dnsSuffix: "amazonaws.com" },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: ACCOUNT },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: ["a", "b", "c"].map((zone) => REGION + zone),
    zoneIds: ["use1-az1", "use1-az2", "use1-az3"],
  },
};

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Pulumi's mocks: every resource is made, and every question is answered, without AWS. */
export const mocks = {
  newResource({ type, name, inputs: wrapped }: NewResource) {
    const inputs = unwrap(wrapped) as Inputs;
    const known = textOf(inputs["name"]) ?? textOf(inputs["bucket"]) ?? name;
    const service = type.split(":")[1]?.split("/")[0] ?? "mock";
    const resource = type.split(":").at(-1)?.toLowerCase() ?? "";
    const plain = service === "sqs" ? known : `${resource}${service === "lambda" ? ":" : "/"}${known}`;
    const state = { arn: arn(service, plain), ...wrapped, ...computed[type]?.(known, inputs) };
    return { id: `${known}-id`, state };
  },
  call({ token, inputs }: Call): Inputs {
    if (token === "aws:iam/getPolicyDocument:getPolicyDocument")
      return { ...inputs, json: toPolicy((inputs["statements"] ?? []) as Statement[]) };
    return answers[token] ?? inputs;
  },
};
