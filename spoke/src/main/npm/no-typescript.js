// The plugin writes JavaScript and declarations itself; TypeScript's compiler is for plugins that do not.
module.exports = {};
