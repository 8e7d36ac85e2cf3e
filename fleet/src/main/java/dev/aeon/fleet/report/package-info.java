/**
 * What the person sees: progress on standard error, answers and the closing table on standard
 * output. Entry types: {@link dev.aeon.fleet.report.ProgressLine}, {@link
 * dev.aeon.fleet.report.AnswerPrinter}. Must not know agents or messages.
 */
package dev.aeon.fleet.report;
