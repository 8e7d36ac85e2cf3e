/**
 * How commands are told which store to open. Entry type: {@link
 * dev.aeon.spoke.store.option.StoreOption}. It knows no server and no worker.
 */
package dev.aeon.spoke.store.option;
