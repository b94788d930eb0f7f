// @ts-check
// A rule that Deno's linter has not: a function of more than 150 lines is taken apart.

const MOST = 150;

/**
 * What is used of the linter's context and nodes.
 * @typedef {{range: [number, number]}} Node
 * @typedef {{sourceCode: {text: string}, report: (problem: {node: Node, message: string}) => void}} Context
 */

/** @param {Context} context */
const create = (context) => {
  const check = (/** @type {Node} */ node) => {
    const lines = context.sourceCode.text.slice(...node.range).split("\n").length;
    if (lines > MOST) context.report({ node, message: `This function has ${lines} lines; at most ${MOST}.` });
  };
  return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
};

export default { name: "dashboard", rules: { "function-length": { create } } };
