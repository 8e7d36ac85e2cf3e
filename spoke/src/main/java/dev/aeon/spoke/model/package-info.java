/**
 * What a registry holds: modules, versions, files, digests, dependencies. Entry type: {@link
 * dev.aeon.spoke.model.ModuleContent}. It knows no store, compiler, server or client.
 */
package dev.aeon.spoke.model;
