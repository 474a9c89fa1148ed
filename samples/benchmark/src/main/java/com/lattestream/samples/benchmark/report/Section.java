package com.lattestream.samples.benchmark.report;

import java.util.List;

/**
 * A section of the report.
 *
 * @param title the heading
 * @param words the text
 * @param pictures the pictures, which are shown first
 * @param numbers the values that the pictures show
 */
record Section(String title, String words, List<Picture> pictures, Table numbers) {}
