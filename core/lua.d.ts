/** A Lua script, bundled as text: esbuild's text loader, a vitest plugin, and a Node hook under `npm start`. */
declare module "*.lua" {
  const source: string;
  export default source;
}
