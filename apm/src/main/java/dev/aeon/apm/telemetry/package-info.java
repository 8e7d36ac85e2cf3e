/**
 * What an operator sees of a bus: spans by OpenTelemetry, whose context travels in the metadata of
 * messages, and meters by Micrometer. Entry types: {@link dev.aeon.apm.telemetry.Tracing} and
 * {@link dev.aeon.apm.telemetry.Meters}. Not exported; knows messages, no channels.
 */
package dev.aeon.apm.telemetry;
