import { stage } from "./stage.ts";

/**
 * A network without a way out. Functions in it reach Redis and PostgreSQL by their own security groups, DynamoDB through
 * a gateway endpoint (free) and SQS through an interface endpoint; nothing in it can reach, or be reached from, the
 * internet. `sst dev` makes the empty network only, which costs nothing.
 */
export function createNetwork() {
  const vpc = new sst.aws.Vpc("Network", { az: 2 });
  const functions = $dev ? undefined : functionGroup(vpc);
  if (functions) createEndpoints(vpc, functions);
  return { vpc, functions };
}

export type Network = ReturnType<typeof createNetwork>;

/** Worn by every function in the network: it may speak to the stores and endpoints, whose own groups admit it. */
function functionGroup(vpc: sst.aws.Vpc) {
  return new aws.ec2.SecurityGroup("FunctionGroup", {
    vpcId: vpc.id,
    description: "Functions that use a store inside the network",
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });
}

function createEndpoints(vpc: sst.aws.Vpc, functions: aws.ec2.SecurityGroup): void {
  const { region } = aws.getRegionOutput();
  new aws.ec2.VpcEndpoint("DynamoEndpoint", {
    vpcId: vpc.id,
    serviceName: $interpolate`com.amazonaws.${region}.dynamodb`,
    vpcEndpointType: "Gateway",
    routeTableIds: vpc.nodes.privateRouteTables.apply((tables) => tables.map((table) => table.id)),
  });
  const sqsGroup = new aws.ec2.SecurityGroup("SqsEndpointGroup", {
    vpcId: vpc.id,
    description: "The SQS endpoint, for functions alone",
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: [functions.id] }],
  });
  new aws.ec2.VpcEndpoint("SqsEndpoint", {
    vpcId: vpc.id,
    serviceName: $interpolate`com.amazonaws.${region}.sqs`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    // Each zone is paid by the hour. Functions of another zone reach it across; with two, either may be lost.
    subnetIds: vpc.privateSubnets.apply((subnets) => subnets.slice(0, stage.endpointZones)),
    securityGroupIds: [sqsGroup.id],
  });
}

/**
 * A store's door: one group for the store, which admits `port` from one group for its clients and from nobody else.
 * A function reaches the store only if it wears the clients' group.
 */
export function storeDoor(name: string, vpc: sst.aws.Vpc, port: number) {
  const clients = new aws.ec2.SecurityGroup(`${name}Clients`, {
    vpcId: vpc.id,
    description: `Functions that may reach ${name}`,
    egress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: [vpc.nodes.vpc.cidrBlock] }],
  });
  const store = new aws.ec2.SecurityGroup(`${name}Door`, {
    vpcId: vpc.id,
    description: `${name}, for its clients alone`,
    ingress: [{ protocol: "tcp", fromPort: port, toPort: port, securityGroups: [clients.id] }],
  });
  return { clients, store };
}
