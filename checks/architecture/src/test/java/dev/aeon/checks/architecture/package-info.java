/**
 * The house plan as tests: which module and which package may use which. It knows class files and
 * source files alone, and runs nothing.
 */
package dev.aeon.checks.architecture;
