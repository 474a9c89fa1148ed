/** Charts as SVG, limited to the features that the report needs, and independent of the measurements. */
@NullMarked
package com.lattestream.samples.benchmark.report.chart;

import org.jspecify.annotations.NullMarked;
