package com.lattestream.samples.benchmark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTests {

    @Test
    void labelsThatHaveRoomStayWhereTheyBelong() {
        assertThat(Labels.apart(new double[] {100, 20, 60}, 15, 200)).containsExactly(100, 20, 60);
    }

    @Test
    void labelsThatWouldTouchMoveDown() {
        assertThat(Labels.apart(new double[] {61, 60, 62}, 15, 200)).containsExactly(75, 60, 90);
    }

    @Test
    void labelsAtTheBottomMoveUp() {
        assertThat(Labels.apart(new double[] {198, 199}, 15, 200)).containsExactly(185, 200);
    }
}
