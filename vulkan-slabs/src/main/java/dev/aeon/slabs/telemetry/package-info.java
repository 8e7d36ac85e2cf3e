/**
 * What slabs, rings and a broker hold and have carried, as Micrometer meters and as a page for
 * Prometheus. Entry type: {@link dev.aeon.slabs.telemetry.MetricsEndpoint}. Control plane: it asks
 * for statistics once a second and touches no ring.
 */
package dev.aeon.slabs.telemetry;
