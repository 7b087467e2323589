/** What the library costs, measured with JMH. Each class measures one path with a fleet of a given size. */
package io.minerops.benchmarks;
