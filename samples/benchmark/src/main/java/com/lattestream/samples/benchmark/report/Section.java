package com.lattestream.samples.benchmark.report;

import java.util.List;

/**
 * A part of the report.
 *
 * @param title its heading
 * @param words what it shows
 * @param pictures what is seen first
 * @param numbers what is behind the pictures
 */
record Section(String title, String words, List<Picture> pictures, Table numbers) {}
