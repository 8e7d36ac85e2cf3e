/**
 * The schema registry as its users meet it: a server process, and clients that push, read and
 * search. Entry type: {@link dev.aeon.checks.bench.registry.RegistryRun}.
 */
package dev.aeon.checks.bench.registry;
