/**
 * Where versions are kept. Entry type: {@link dev.aeon.spoke.store.SchemaStore}, with the file
 * system as the implementation that needs nothing else. It knows no compiler and no server.
 */
package dev.aeon.spoke.store;
