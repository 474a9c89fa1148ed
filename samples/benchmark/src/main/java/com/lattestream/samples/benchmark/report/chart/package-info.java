/** Charts as SVG: what the report needs, and no more. They know nothing of what is measured. */
@NullMarked
package com.lattestream.samples.benchmark.report.chart;

import org.jspecify.annotations.NullMarked;
