/**
 * Tasks on top of messages: a manager that assigns and follows them, an agent that carries them
 * out. Entry types: {@link dev.aeon.apm.task.TaskManager} and {@link dev.aeon.apm.task.TaskAgent}.
 * Knows nothing of how messages travel.
 */
package dev.aeon.apm.task;
