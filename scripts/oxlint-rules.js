// Rules for code that must answer the same wherever and whenever it runs, which no published oxlint plugin holds.

const locale = /^(toLocale|localeCompare$)/;

/** @param {any} node */
const nameOf = (node) => (node.computed ? node.property.value : node.property.name);

export default {
  meta: { name: 'twokey' },
  rules: {
    'no-present-moment': {
      /** @param {any} context */
      create(context) {
        const message = 'The rules read no clock: pass the moment in as `at`, so that the same input always gives the same answer.';
        return {
          /** @param {any} node */
          NewExpression(node) {
            if (node.callee.name === 'Date' && node.arguments.length === 0) context.report({ node, message });
          },
          /** @param {any} node */
          CallExpression(node) {
            if (node.callee.name === 'Date') context.report({ node, message });
          },
        };
      },
    },
    'no-locale': {
      /** @param {any} context */
      create(context) {
        const message = "The answer hangs on the machine's language, and a replay elsewhere may differ: write the text out, or format it in cli/.";
        return {
          /** @param {any} node */
          MemberExpression(node) {
            if (locale.test(String(nameOf(node)))) context.report({ node, message });
          },
        };
      },
    },
  },
};
