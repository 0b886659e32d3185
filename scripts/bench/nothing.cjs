/**
 * The provider of noop.cjs, in both of its forms.
 * @type {import("@pulumi/pulumi").dynamic.ResourceProvider<{ group: string }, { group: string }>}
 */
module.exports = {
  check: (_olds, news) => Promise.resolve({ inputs: news }),
  diff: () => Promise.resolve({ changes: false }),
  create: (inputs) => Promise.resolve({ id: inputs.group, outs: inputs }),
  update: (_id, _olds, news) => Promise.resolve({ outs: news }),
  read: (id, props) => Promise.resolve({ id, props }),
  delete: () => Promise.resolve(),
};
