import type * as document from "@aws-sdk/lib-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { createCaller, ownAccess } from "../aws/call.ts";

type Values = Record<string, unknown>;
type Marshalled = Parameters<typeof unmarshall>[0];
type Input = Values & {
  readonly Key?: Values;
  readonly Item?: Values;
  readonly ExpressionAttributeValues?: Values;
  readonly ExclusiveStartKey?: Values;
};
type Output = {
  readonly Item?: Marshalled;
  readonly Items?: readonly Marshalled[];
  readonly Attributes?: Marshalled;
  readonly LastEvaluatedKey?: Marshalled;
};

/** Members of a request and of an answer that bear values of items. */
const INPUTS = ["Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey"] as const;
const OUTPUTS = ["Item", "Attributes", "LastEvaluatedKey"] as const;

const store = (values: Values) => marshall(values, { removeUndefinedValues: true });
const load = (values: Marshalled): Values => unmarshall(values);

export type Dynamo = ReturnType<typeof openDynamo>;

/**
 * DynamoDB for the calls of the hot path and what shares their tables: requests and answers are those of the SDK's document
 * client, which stays for all the rest (sdk-client.dynamo.ts) and for items with bytes: here DynamoDB refuses those.
 *
 * @throws as core/aws/call.ts does; a refused write's item is in the error's details, as DynamoDB writes it.
 */
export function openDynamo(endpoint: string | undefined, access = ownAccess()) {
  const url = new URL(endpoint ?? `https://dynamodb.${access.region}.amazonaws.com`);
  const { call, close } = createCaller(
    { name: "dynamodb", target: "DynamoDB_20120810", endpoint: url },
    access,
  );

  async function send(action: string, input: object): Promise<unknown> {
    const stored: Record<string, unknown> = { ...input };
    for (const name of INPUTS) {
      const values = (input as Input)[name];
      if (values) stored[name] = store(values);
    }
    const answer = (await call(action, stored)) as Output;
    const loaded: Record<string, unknown> = { ...answer };
    for (const name of OUTPUTS) {
      const values = answer[name];
      if (values) loaded[name] = load(values);
    }
    if (answer.Items) loaded["Items"] = answer.Items.map(load);
    return loaded;
  }
  const action =
    <Types extends readonly [object, object]>(name: string) =>
    (input: Types[0]) =>
      send(name, input) as Promise<Omit<Types[1], "$metadata">>;

  return {
    put: action<[document.PutCommandInput, document.PutCommandOutput]>("PutItem"),
    get: action<[document.GetCommandInput, document.GetCommandOutput]>("GetItem"),
    query: action<[document.QueryCommandInput, document.QueryCommandOutput]>("Query"),
    delete: action<[document.DeleteCommandInput, document.DeleteCommandOutput]>("DeleteItem"),
    update: action<[document.UpdateCommandInput, document.UpdateCommandOutput]>("UpdateItem"),

    /** Puts items, at most 25, each over whatever had its key. Answers those that DynamoDB did not take. */
    async putBatch(table: string, items: readonly Values[]): Promise<Values[]> {
      const requests = items.map((item) => ({ PutRequest: { Item: store(item) } }));
      const answer = (await call("BatchWriteItem", { RequestItems: { [table]: requests } })) as {
        readonly UnprocessedItems?: Readonly<
          Record<string, readonly { readonly PutRequest: { readonly Item: Marshalled } }[]>
        >;
      };
      return (answer.UnprocessedItems?.[table] ?? []).map(({ PutRequest }) => load(PutRequest.Item));
    },

    /** Reads items by their keys, at most 100; strongly consistent. Answers those that are there, in no order, and the keys not looked up. */
    async getBatch(
      table: string,
      keys: readonly Values[],
    ): Promise<{ readonly items: Values[]; readonly left: Values[] }> {
      const asked = { Keys: keys.map(store), ConsistentRead: true };
      const answer = (await call("BatchGetItem", { RequestItems: { [table]: asked } })) as {
        readonly Responses?: Readonly<Record<string, readonly Marshalled[]>>;
        readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly Marshalled[] }>>;
      };
      return {
        items: (answer.Responses?.[table] ?? []).map(load),
        left: (answer.UnprocessedKeys?.[table]?.Keys ?? []).map(load),
      };
    },

    close,
  };
}
