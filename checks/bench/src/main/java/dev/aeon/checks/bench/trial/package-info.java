/**
 * What is done with the sockets of a system, for how long, and what is counted meanwhile.
 *
 * <p>Entry types: {@link dev.aeon.checks.bench.trial.Trial} and {@link
 * dev.aeon.checks.bench.trial.TrialWorker}, the process that trials run in. Knows no other system's
 * names, and nothing of tables.
 */
package dev.aeon.checks.bench.trial;
