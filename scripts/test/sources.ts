import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { root } from '../lib/install.mjs'
import { packageFolders } from '../stages/workspace.ts'

export type Source = { file: string; tree: ts.SourceFile }

/** What the packages are made of, without tests and stories. */
export function packageSources(): Source[] {
  return packageFolders(root)
    .flatMap((folder) => filesIn(path.join(folder, 'src')))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|test-d|stories)\.tsx?$/.test(file))
    .map((file) => ({ file, tree: parse(file, readFileSync(path.join(root, file), 'utf8')) }))
}

export const parse = (file: string, text: string) => ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)

function filesIn(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
}

/** How deep conditions, loops and catches stand in each other at most, in one function. */
export function deepestNesting(tree: ts.SourceFile): number {
  return Math.max(0, ...childrenOf(tree).map((child) => nestingOf(child, 0)))
}

function nestingOf(node: ts.Node, around: number): number {
  const outer = ts.isFunctionLike(node) ? 0 : around
  const depth = isControl(node) ? outer + 1 : outer
  return Math.max(depth, ...childrenOf(node).map((child) => nestingOf(child, isElseIf(child) ? outer : depth)))
}

const controls: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.SwitchStatement,
  ts.SyntaxKind.TryStatement,
])
const isControl = (node: ts.Node) => controls.has(node.kind)
const isElseIf = (node: ts.Node) =>
  ts.isIfStatement(node) && ts.isIfStatement(node.parent) && node.parent.elseStatement === node

/** What a module would remember between two callers: variables, and collections that somebody fills. */
export function moduleState(tree: ts.SourceFile): string[] {
  return tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter((declaration) => !isConstant(declaration) || isFilledLater(declaration, tree.text))
    .map(({ name }) => name.getText(tree))
}

const isConstant = ({ parent }: ts.VariableDeclaration) => (parent.flags & ts.NodeFlags.Const) !== 0

const isFilledLater = ({ name }: ts.VariableDeclaration, text: string) =>
  new RegExp(`\\b${name.getText()}\\.(set|add|push|delete|clear)\\(`).test(text)

/** The modules that are there when the program runs. */
export function importsAtRuntime(tree: ts.SourceFile): string[] {
  return tree.statements
    .filter(ts.isImportDeclaration)
    .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map(({ moduleSpecifier }) => (ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''))
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => void children.push(child))
  return children
}
