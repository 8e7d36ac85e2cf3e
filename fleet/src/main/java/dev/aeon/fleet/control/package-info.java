/**
 * What manager and agents share on the control side: the words of their APM messages and the bus
 * that carries them. Entry type: {@link dev.aeon.fleet.control.ControlBus}. Must not know how work
 * is done.
 */
package dev.aeon.fleet.control;
