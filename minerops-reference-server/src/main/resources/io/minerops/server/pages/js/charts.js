/** Line charts over time. Colours come from the style sheet, and follow it when the scheme changes. */

import { axisMarks, axisTime, dateTime } from './format.js';
import { setText } from './dom.js';

const DARK = matchMedia('(prefers-color-scheme: dark)');
const NEAR_SHARE = 0.1;
const PIXELS_PER_MARK = 64;
const MIN_SPAN_MS = 2 * 60_000;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Points with a gap put in wherever two of them are further apart than a reading may be missing. */
export function withGaps(points, maxGapMs) {
  const result = [];
  points.forEach((point, index) => {
    if (index > 0 && point.x - points[index - 1].x > maxGapMs) {
      result.push({ x: points[index - 1].x + 1, y: null });
    }
    result.push(point);
  });
  return result;
}

/**
 * A chart.
 *
 * @param {HTMLCanvasElement} canvas in a figure, whose `figcaption` gets the figures as text
 * @param {{label: string, colour: string, dashed?: boolean}[]} lines colours are names of custom properties
 * @param {(value: number, largest: number) => string} show a figure with its unit
 * @param {'near'|'zero'} from whether the axis begins near the figures or at zero
 * @param {string} latest what the last figure is called
 */
export function createTimeChart(canvas, { lines, show, from = 'near', latest = 'now' }) {
  const figure = canvas.closest('figure');
  let series = lines.map(() => []);
  const values = () => series.flat().map((point) => point.y).filter((y) => y !== null);
  const largest = () => values().reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  let step = 0;

  const chart = new window.Chart(canvas, {
    type: 'line',
    data: { datasets: lines.map((line) => dataset(line)) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: { display: lines.length > 1, align: 'end', labels: { boxWidth: 12, boxHeight: 2 } },
        tooltip: {
          callbacks: {
            title: (items) => (items.length ? dateTime(items[0].parsed.x) : ''),
            label: (item) => ` ${item.dataset.label}: ${show(item.parsed.y)}`,
          },
        },
      },
      scales: {
        x: {
          type: 'linear',
          grid: { display: false },
          afterBuildTicks(axis) {
            const found = axisMarks(axis.min, axis.max, Math.max(2, Math.floor(canvas.clientWidth / PIXELS_PER_MARK)));
            step = found.step;
            axis.ticks = found.marks.map((value) => ({ value }));
          },
          ticks: { maxRotation: 0, autoSkip: false, callback: (value) => axisTime(value, step) },
        },
        y: {
          beginAtZero: from === 'zero',
          border: { display: false },
          ticks: { maxTicksLimit: 6, callback: (value) => show(value, largest()) },
        },
      },
    },
  });

  function paint() {
    const text = colour('--text-muted');
    const grid = colour('--grid');
    chart.options.color = text;
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks.color = text;
      scale.grid.color = grid;
    }
    chart.data.datasets.forEach((data, index) => {
      data.borderColor = colour(lines[index].colour);
      data.backgroundColor = data.borderColor;
    });
    chart.update('none');
  }

  /** Draws these points, one array `{x: millis, y: number|null}` per line, ascending. */
  function draw(points) {
    series = points;
    points.forEach((line, index) => {
      chart.data.datasets[index].data = line;
      chart.data.datasets[index].pointRadius = line.length === 1 ? 3 : 0;
    });
    bound(chart.options.scales.y, values(), from);
    Object.assign(chart.options.scales.x, timeBounds(series.flat().map((point) => point.x)));
    figure.classList.toggle('is-empty', values().length === 0);
    describe(figure.querySelector('figcaption'), lines, series, show, latest);
    paint();
  }

  DARK.addEventListener('change', paint);
  draw(series);
  return {
    draw,
    destroy() {
      DARK.removeEventListener('change', paint);
      chart.destroy();
    },
  };
}

function dataset(line) {
  return {
    label: line.label,
    data: [],
    borderWidth: 1.75,
    borderDash: line.dashed ? [5, 4] : [],
    pointRadius: 0,
    pointHitRadius: 8,
    tension: 0,
    spanGaps: false,
  };
}

/** From the first to the last point, and never less than lets the axis have marks. */
function timeBounds(times) {
  if (times.length === 0) {
    return { min: 0, max: MIN_SPAN_MS };
  }
  const min = times.reduce((a, b) => Math.min(a, b));
  const max = times.reduce((a, b) => Math.max(a, b));
  return { min: Math.min(min, max - MIN_SPAN_MS), max };
}

/** A steady line must not look like a wild one: the axis spans at least a tenth of the largest figure. */
function bound(axis, values, from) {
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const min = values.reduce((a, b) => Math.min(a, b), Infinity);
  const margin = Math.abs(max) * NEAR_SHARE;
  const apply = from === 'near' && Number.isFinite(max);
  axis.suggestedMin = apply ? Math.max(Math.min(min, max - margin), min < 0 ? -Infinity : 0) : undefined;
  axis.suggestedMax = apply ? max + margin * 0.3 || 1 : undefined;
}

function describe(caption, lines, series, show, latest) {
  const sentences = lines.map((line, index) => {
    const known = series[index].map((point) => point.y).filter((y) => y !== null);
    if (known.length === 0) {
      return `${line.label}: no figures yet`;
    }
    const min = known.reduce((a, b) => Math.min(a, b));
    const max = known.reduce((a, b) => Math.max(a, b));
    return `${line.label}: ${latest} ${show(known[known.length - 1])}, lowest ${show(min)}, highest ${show(max)}`;
  });
  setText(caption, sentences.join(' · '));
}
