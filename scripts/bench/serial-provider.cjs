/** The provider of serial.cjs. */
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");

/**
 * @typedef {{ endpoint: string, group: string, businessNumber: string, custSpaceId: string, members: object }} Inputs
 * @typedef {{ body: { Data: { List: { ParticipantNumber: string }[] } } }} Answer
 */

/** @type {import("@alicloud/openapi-client").default | undefined} */
let client;

/** The numbers of a group. @param {Inputs} inputs */
async function list({ endpoint, group, businessNumber, custSpaceId }) {
  const [protocol, host] = endpoint.split("://");
  client ??= new OpenApi(
    new Config({
      endpoint: host,
      protocol,
      accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
      accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    }),
  );
  const params = new Params({
    action: "ListChatGroupParticipants",
    version: "2020-06-06",
    protocol: "HTTPS",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const query = {
    BusinessNumber: businessNumber,
    CustSpaceId: custSpaceId,
    ChannelType: "WHATSAPP",
    GroupId: group,
    Page: JSON.stringify({ Index: 1, Size: 20 }),
  };
  /** @type {unknown} */
  const plain = { autoretry: false };
  const runtime = /** @type {Parameters<typeof client.callApi>[2]} */ (plain);
  /** @type {unknown} */
  const answer = await client.callApi(params, new OpenApiRequest({ query }), runtime);
  const { body } = /** @type {Answer} */ (answer);
  return body.Data.List.map(({ ParticipantNumber }) => ParticipantNumber);
}

/** @type {import("@pulumi/pulumi").dynamic.ResourceProvider<Inputs, Inputs>} */
module.exports = {
  check: (_olds, news) => Promise.resolve({ inputs: news }),
  diff: async (_id, _olds, news) => {
    const there = await list(news);
    return { changes: there.some((number) => !(number in news.members)) };
  },
  create: (inputs) => Promise.resolve({ id: inputs.group, outs: inputs }),
  update: (_id, _olds, news) => Promise.resolve({ outs: news }),
  delete: () => Promise.resolve(),
};
