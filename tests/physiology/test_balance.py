"""Standing: stability is exact, the simulation agrees with it, and measures have known values."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, linalg, stats

from course.physiology import balance
from course.physiology.balance import (
    CONDITIONS,
    INERTIA,
    MASS,
    TOPPLING,
    Condition,
    Floats,
    critical_delay,
    expected_sway,
    is_stable,
    measures,
    record,
    swing,
)

# --- Stability, by other means ------------------------------------------------------------------


def growth_by_spectrum(stiffness: float, damping: float, delay: float, nodes: int = 24) -> float:
    """Return the growth rate (1/s) of the slowest-dying motion, without `critical_delay`.

    The state is the last `delay` seconds of lean and speed, held at Chebyshev nodes. Its time
    derivative is the slope along the history, and at the newest node the equation of motion. The
    eigenvalues of that matrix near 0 converge to roots of the characteristic equation faster than
    any power of the number of nodes (Breda, Maset and Vermiglio 2005).
    """
    k = np.arange(nodes + 1)
    x = np.cos(np.pi * k / nodes)  # from now (1) to one delay ago (-1)
    c = np.where((k == 0) | (k == nodes), 2.0, 1.0) * (-1.0) ** k
    apart = x[:, np.newaxis] - x + np.eye(nodes + 1)
    slope = np.outer(c, 1 / c) / apart
    slope -= np.diag(slope.sum(axis=1))
    matrix = np.kron(slope * 2 / delay, np.eye(2))
    matrix[:2] = 0
    matrix[0, 1] = 1
    matrix[1, 0] = TOPPLING / INERTIA
    matrix[1, -2:] += [-stiffness / INERTIA, -damping / INERTIA]
    return float(linalg.eigvals(matrix).real.max())


def left_side(s: complex, stiffness: float, damping: float, delay: float) -> complex:
    """Return the characteristic equation's left side, divided by gravity's torque."""
    feedback = (stiffness + damping * s) * np.exp(-s * delay)
    return complex((INERTIA * s**2 - TOPPLING + feedback) / TOPPLING)


@settings(max_examples=80, deadline=None)
@given(
    times_gravity=st.floats(0.5, 4.0),
    damping=st.floats(1.0, 900.0),
    delay=st.floats(0.02, 0.5),
)
def test_stability_agrees_with_the_spectrum_of_the_delayed_system(
    times_gravity: float, damping: float, delay: float
) -> None:
    stiffness = times_gravity * TOPPLING
    growth = growth_by_spectrum(stiffness, damping, delay)
    if abs(growth) > 1e-6:  # nearer to the edge, rounding decides the sign
        assert bool(is_stable(stiffness, damping, delay)) == (growth < 0)


@pytest.mark.parametrize(
    ("times_gravity", "damping"), list(product([1.05, 1.4, 2.5], [60, 300, 700]))
)
def test_at_the_critical_delay_a_root_lies_on_the_imaginary_axis(
    times_gravity: float, damping: float
) -> None:
    stiffness = times_gravity * TOPPLING
    delay = float(critical_delay(stiffness, damping))
    omega = np.linspace(0.01, 60, 200_001)
    sizes = abs(
        (INERTIA * -(omega**2) - TOPPLING + (stiffness + 1j * omega * damping)
         * np.exp(-1j * omega * delay)) / TOPPLING
    )  # fmt: skip
    nearest = omega[sizes.argmin()]
    # The grid's step is 0.0003 rad/s and the left side changes by less than 10 a rad/s there.
    assert abs(left_side(1j * nearest, stiffness, damping, delay)) < 3e-3


def test_without_enough_stiffness_or_damping_no_delay_is_borne() -> None:
    assert critical_delay(TOPPLING, 300) == 0
    assert critical_delay(0.9 * TOPPLING, 300) == 0
    assert critical_delay(1.4 * TOPPLING, 0) == 0
    assert critical_delay(1.4 * TOPPLING, -5) == 0
    assert not is_stable(0.9 * TOPPLING, 300, 0)


def test_no_gains_bear_the_longest_delay_and_some_come_near_it() -> None:
    longest = balance.longest_delay()
    stiffness, damping = np.meshgrid(TOPPLING * np.linspace(1.0001, 4, 400), np.arange(1, 900.0))
    found = critical_delay(stiffness, damping).max()
    # The limit is reached as stiffness comes down to gravity: 0.0001 above it, within 2 %.
    assert 0.98 * longest < found < longest
    assert longest == pytest.approx(0.451, abs=0.001)


# Damping from 100 to 600 in steps of 50 that is stable, worked out on that grid by simulation.
TABLE: dict[float, list[tuple[int, int] | None]] = {
    0.10: [(100, 600), (100, 600), (100, 600), (150, 600), (150, 600), (200, 600)],
    0.15: [(150, 600), (150, 600), (200, 600), (200, 600), (250, 600), (300, 600)],
    0.20: [(150, 500), (200, 500), (250, 500), (300, 450), None, None],
    0.25: [(200, 400), (300, 350), None, None, None, None],
    0.30: [(250, 350), None, None, None, None, None],
}


@pytest.mark.parametrize("delay", TABLE)
def test_stability_agrees_with_a_table_made_by_simulation(delay: float) -> None:
    grid = np.arange(100, 601, 50)
    for times_gravity, ends in zip([1.1, 1.33, 1.5, 1.75, 2.0, 2.5], TABLE[delay], strict=True):
        low, high = ends or (1, 0)
        said = (grid >= low) & (grid <= high)
        found = is_stable(times_gravity * TOPPLING, grid, delay)
        edge = abs(critical_delay(times_gravity * TOPPLING, grid) - delay)
        # Where they differ the gains lie within 2 ms of the edge: swings that neither grow nor
        # die within the minutes that a simulation lasts.
        assert (edge[said != found] < 0.002).all(), (delay, times_gravity)


@pytest.mark.parametrize("delay", [0.1, 0.2, 0.3])
def test_stability_agrees_with_swings_that_grow_or_die(delay: float) -> None:
    times_gravity, damping = map(
        np.ravel, np.meshgrid([0.9, 1.1, 1.3, 1.6, 2.0, 2.6], np.arange(60, 601, 60.0))
    )
    noise = np.zeros((4001, times_gravity.size))
    noise[:10] = 1.0  # a nudge of a tenth of a second
    with np.errstate(over="ignore", invalid="ignore"):
        lean, _ = swing(times_gravity * TOPPLING, damping, delay, noise)
    early, late = (np.abs(lean[part]).max(axis=0) for part in (slice(500, 1500), slice(3000, None)))
    clear = abs(critical_delay(times_gravity * TOPPLING, damping) - delay) > 0.005
    grows = ~(late < early)
    assert clear.sum() > 50
    assert (grows[clear] != is_stable(times_gravity * TOPPLING, damping, delay)[clear]).all()


# --- The simulation -------------------------------------------------------------------------------


def test_the_swing_agrees_with_an_integrator_that_takes_one_delay_at_a_time() -> None:
    stiffness, damping, delay, nudge = 1.4 * TOPPLING, 300.0, 0.15, 2.0
    pieces = [lambda t: np.zeros((2, np.size(t)))]
    state = np.zeros(2)
    for n in range(14):

        def answer(t: float, y: Floats, before: object = pieces[-1]) -> list[float]:
            felt = np.ravel(before(t - delay))  # type: ignore[operator]
            torque = nudge - stiffness * felt[0] - damping * felt[1]
            return [y[1], (TOPPLING * y[0] + torque) / INERTIA]

        span = (n * delay, (n + 1) * delay)
        found = integrate.solve_ivp(answer, span, state, dense_output=True, rtol=1e-10, atol=1e-13)
        pieces.append(found.sol)
        state = found.y[:, -1]
    lean, torque = swing(stiffness, damping, delay, np.full((211, 1), nudge))
    # Between samples the torque is a straight line: its curve leaves an error of (10 ms)² / 8
    # times the torque's second derivative, here below a thousandth.
    assert lean[210, 0] == pytest.approx(state[0], rel=2e-3)
    middle = pieces[8](7.4 * delay)[0]
    assert lean[111, 0] == pytest.approx(float(np.ravel(middle)[0]), rel=2e-3)
    assert torque[0, 0] == nudge


def test_columns_swing_alone_and_keep_their_own_gains() -> None:
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((500, 2))
    both, _ = swing(np.array([800.0, 900.0]), np.array([200.0, 300.0]), 0.12, noise)
    for column, (stiffness, damping) in enumerate([(800.0, 200.0), (900.0, 300.0)]):
        alone, _ = swing(stiffness, damping, 0.12, noise[:, [column]])
        np.testing.assert_allclose(both[:, column], alone[:, 0], rtol=1e-9)


def test_the_torque_wanders_as_it_should() -> None:
    noise = balance.wandering_torque(np.array([2.0, 0.5]), 40_000, np.random.default_rng(5))
    long = np.concatenate([balance.wandering_torque(np.full(300, 1.0), 1001,
                                                    np.random.default_rng(6))])  # fmt: skip
    # 400 s hold about 40 independent values, so the standard deviation is known to about 12 %.
    np.testing.assert_allclose(noise.std(axis=0), [2.0, 0.5], rtol=0.36)
    # 300 pairs ten seconds apart: the correlation exp(-2) = 0.14 is known to 0.06.
    found = np.corrcoef(long[0], long[1000])[0, 1]
    assert found == pytest.approx(np.exp(-2), abs=0.18)
    assert long[0].std() == pytest.approx(1, abs=0.13)


@pytest.mark.parametrize("name", ["eyes open", "older, eyes closed"])
def test_expected_sway_is_the_area_under_the_spectrum(name: str) -> None:
    c = CONDITIONS[name]
    gains = (c.stiffness * TOPPLING, c.damping, c.delay)

    def power(omega: float) -> float:
        torque = 2 * c.noise**2 * 5 / (1 + 25 * omega**2)
        return float(torque / abs(TOPPLING * left_side(1j * omega, *gains)) ** 2)

    area = integrate.quad(power, 0, 40, limit=400)[0] + integrate.quad(power, 40, 4000)[0]
    exact = 1000 * balance.HEIGHT * np.sqrt(area / np.pi)
    assert float(expected_sway(*gains, c.noise)) == pytest.approx(exact, rel=1e-3)


def test_expected_sway_agrees_with_a_long_simulation() -> None:
    c = CONDITIONS["eyes closed"]
    noise = balance.wandering_torque(np.full(60, c.noise), 12_000, np.random.default_rng(2))
    lean, _ = swing(c.stiffness * TOPPLING, c.damping, c.delay, noise)
    found = 1000 * balance.HEIGHT * lean[2000:].std()
    # 60 runs of 100 s are some 600 independent values: known to 3 %, and three times that.
    gains = (c.stiffness * TOPPLING, c.damping, c.delay, c.noise)
    assert found == pytest.approx(float(expected_sway(*gains)), rel=0.09)


def test_sway_has_a_least_value_between_two_walls() -> None:
    stiffness = np.array([1.05, 2.3, 2.51, 2.6]) * TOPPLING
    sway = expected_sway(stiffness, 300, 0.15, 1.75)
    assert sway[1] < sway[0]
    assert sway[1] < sway[2]
    assert np.isinf(sway[3])


@pytest.mark.parametrize("name", CONDITIONS)
def test_recordings_have_the_rms_and_the_velocity_of_the_spectrum(name: str) -> None:
    c = CONDITIONS[name]
    gains = (c.stiffness * TOPPLING, c.damping, c.delay)

    def power(omega: float) -> float:
        """Power of the pressure in mm² per rad/s, filtered; torque is m g times its place."""
        torque = 2 * c.noise**2 * 5 / (1 + 25 * omega**2) / np.pi
        reply = (-INERTIA * omega**2 - TOPPLING) / (TOPPLING * left_side(1j * omega, *gains))
        kept = 1 / (1 + (omega / (2 * np.pi * 10)) ** 4)
        return float(torque * abs(reply) ** 2 * kept * (1000 / (MASS * balance.GRAVITY)) ** 2)

    def about_the_mean(omega: float) -> float:
        return power(omega) * (1 - float(np.sinc(omega * 60 / (2 * np.pi))) ** 2)

    def steps(omega: float) -> float:
        return power(omega) * 2 * (1 - float(np.cos(omega * 0.01))) / 0.01**2

    square, speed = (
        sum(integrate.quad(f, *ends, limit=2000, epsrel=1e-4)[0] for ends in [(0, 10), (10, 314)])
        for f in (about_the_mean, steps)
    )
    # Sideways the noise alone is smaller, so each run gives two independent values.
    runs = [record(c, seed).pressure / [1, c.sideways] for seed in range(12)]
    squares = np.concatenate([run.var(axis=0) for run in runs])
    velocities = np.concatenate([np.abs(np.diff(run, axis=0)).mean(axis=0) / 0.01 for run in runs])
    # Three standard errors of 24 values. A normal speed has the mean sqrt(2/pi); what is quicker
    # than half the rate is folded back into the samples and adds 2 % to it, not to the RMS.
    assert squares.mean() == pytest.approx(square, abs=3 * squares.std(ddof=1) / np.sqrt(24))
    error = 3 * velocities.std(ddof=1) / np.sqrt(24)
    assert velocities.mean() / 1.02 == pytest.approx(np.sqrt(speed * 2 / np.pi), abs=error)


def test_beside_the_wall_a_finer_grid_gives_the_same_sway() -> None:
    # The body falls from 2.52 on; 2.5 is the last stiffness but 0.8 %.
    for times_gravity, error in ((2.3, 1e-3), (2.48, 1e-3), (2.5, 0.02)):
        gains = (times_gravity * TOPPLING, 300, 0.15, 1.75)
        fine = float(expected_sway(*gains, frequencies=60_000))
        assert float(expected_sway(*gains)) == pytest.approx(fine, rel=error)


def test_a_recording_repeats_itself_and_another_seed_gives_another() -> None:
    one, same, other = (record(CONDITIONS["eyes open"], seed, 5) for seed in (1, 1, 2))
    assert one.pressure.shape == one.mass.shape == (501, 2)
    np.testing.assert_array_equal(one.pressure, same.pressure)
    assert not np.allclose(one.pressure, other.pressure)


def test_the_pressure_goes_farther_than_the_mass_and_the_mass_follows_it() -> None:
    for name in CONDITIONS:
        r = record(CONDITIONS[name], 3)
        ways = [np.abs(np.diff(line, axis=0)).sum(axis=0) for line in (r.pressure, r.mass)]
        assert (ways[0] > 1.5 * ways[1]).all()
        # Newton, about the ankles: J θ'' = m g (mass - pressure), with the mass h θ away.
        push = np.gradient(np.gradient(r.mass[:, 0], 0.01), 0.01) * INERTIA / balance.HEIGHT
        gap = (r.mass - r.pressure)[:, 0] * MASS * balance.GRAVITY
        # The filter takes what is quicker than 10 Hz from the pressure and not from the mass.
        assert np.corrcoef(push, gap)[0, 1] > 0.9


# --- Measures with known values -------------------------------------------------------------------


def circle(radius: float, turns: int, samples: int) -> Floats:
    angle = np.linspace(0, 2 * np.pi * turns, samples)
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def test_a_circle() -> None:
    # 3 turns of radius 10 mm in 60 s. A polygon of n corners a turn is shorter than the circle by
    # (π/n)²/6, here 4e-7; the doubled last point shifts the mean by 1/6001 of the radius.
    found = measures(circle(10, 3, 6001), 100)
    assert found.path == pytest.approx(60 * np.pi, rel=1e-5)
    assert found.velocity == pytest.approx(np.pi, rel=1e-5)
    assert found.frequency == pytest.approx(3 / 60, rel=1e-3)
    assert found.rms_ap == pytest.approx(10 / np.sqrt(2), rel=1e-3)
    assert found.range_ap == pytest.approx(20, rel=1e-5)
    assert found.range_ml == pytest.approx(20, rel=1e-5)
    assert found.ellipse_large == pytest.approx(np.pi * 5.991 * 50, rel=1e-3)


def test_a_straight_line() -> None:
    there_and_back = np.concatenate([np.linspace(0, 30, 301), np.linspace(30, 0, 301)[1:]])
    found = measures(np.stack([there_and_back, np.zeros(601)], axis=1), 100)
    assert found.path == pytest.approx(60)
    assert found.velocity == pytest.approx(10)
    assert found.range_ap == pytest.approx(30)
    assert (found.range_ml, found.rms_ml) == (0, 0)
    # Evenly spread over 30 mm: 30 / sqrt(12); the grid has 301 places, so to 1 in 150.
    assert found.rms_ap == pytest.approx(30 / np.sqrt(12), rel=0.007)
    assert found.ellipse == found.mean_ellipse == 0


def test_nothing_moves() -> None:
    found = measures(np.zeros((50, 2)), 10)
    assert (found.path, found.velocity, found.ellipse, found.frequency) == (0, 0, 0, 0)


def test_a_normal_cloud() -> None:
    rng = np.random.default_rng(8)
    found = measures(rng.standard_normal((40_000, 2)) * [6, 3], 100)
    # The determinant's root of n points is known to about 1 / sqrt(n), here 0.5 %; three times it.
    assert found.ellipse_large == pytest.approx(np.pi * 5.9915 * 18, rel=0.015)
    assert found.ellipse == pytest.approx(found.ellipse_large, rel=1e-3)
    assert found.mean_ellipse == pytest.approx(found.ellipse / 40_001)
    # Independent points: a step is sqrt(2) as wide as a place, so the path is known too.
    wide = rng.standard_normal((200_000, 2)) * np.sqrt(2) * [6, 3]
    assert found.path == pytest.approx(39_999 * np.hypot(*wide.T).mean(), rel=0.01)


@pytest.mark.parametrize("points", [3, 4, 10, 61, 6001])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.95])
def test_quantiles_agree_with_scipy(points: int, share: float) -> None:
    assert balance.f_quantile(points, share) == pytest.approx(stats.f.ppf(share, 2, points - 2))
    assert balance.chi_square_quantile(share) == pytest.approx(stats.chi2.ppf(share, 2))


def test_the_factor_of_the_chi_square_form_is_the_published_one() -> None:
    assert np.pi * balance.chi_square_quantile() == pytest.approx(18.82, abs=0.005)
    assert balance.prediction_scale(10**7) == pytest.approx(balance.chi_square_quantile(), rel=1e-5)


@pytest.mark.parametrize("points", [5, 20])
def test_ellipses_hold_what_they_are_made_to_hold(points: int) -> None:
    rng = np.random.default_rng(points)
    runs = 20_000
    shape = np.array([[6.0, 0.0], [2.0, 3.0]])
    clouds = rng.standard_normal((runs, points + 1, 2)) @ shape
    seen, new = clouds[:, :points], clouds[:, points]
    mean = seen.mean(axis=1)
    away = seen - mean[:, np.newaxis]
    covariance = np.einsum("rpi,rpj->rij", away, away) / (points - 1)
    inverse = np.linalg.inv(covariance)

    def share_inside(place: Floats, scale: float) -> float:
        far = np.einsum("ri,rij,rj->r", place - mean, inverse, place - mean)
        return float(np.mean(far <= scale))

    # A share of 0.95 in 20,000 runs is known to 0.0015; four times that is allowed.
    further = share_inside(new, balance.prediction_scale(points))
    assert further == pytest.approx(0.95, abs=0.006)
    middle = share_inside(np.zeros(2), balance.confidence_scale(points))
    assert middle == pytest.approx(0.95, abs=0.006)
    # The two are not the same: the mean's ellipse holds far fewer of the points.
    assert share_inside(new, balance.confidence_scale(points)) < 0.8


def test_the_outline_has_the_area_of_its_ellipse() -> None:
    rng = np.random.default_rng(3)
    points = rng.standard_normal((61, 2)) @ np.array([[6.0, 1.0], [0.0, 3.0]])
    outline = balance.ellipse_outline(points, balance.prediction_scale(61), corners=2001)
    y, x = outline[:-1].T
    area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    # 2000 corners: smaller than the ellipse by (2π/2000)²/6.
    assert area == pytest.approx(balance.prediction_ellipse_area(points), rel=1e-5)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 999),
    angle=st.floats(0, 6.28),
    shift=st.tuples(st.floats(-99, 99), st.floats(-99, 99)),
    factor=st.floats(0.1, 10),
)
def test_measures_do_not_depend_on_where_one_stands_and_grow_with_the_sway(
    seed: int, angle: float, shift: tuple[float, float], factor: float
) -> None:
    points = np.random.default_rng(seed).standard_normal((30, 2)) * [5, 2]
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    one, other = measures(points, 10), measures(factor * points @ turn + np.array(shift), 10)
    assert other.path == pytest.approx(factor * one.path)
    assert other.ellipse == pytest.approx(factor**2 * one.ellipse)
    assert other.mean_ellipse == pytest.approx(factor**2 * one.mean_ellipse)
    assert other.frequency == pytest.approx(one.frequency)


def test_twice_the_time_doubles_the_path_and_leaves_the_velocity() -> None:
    once = circle(5, 1, 1001)
    twice = np.concatenate([once, once[1:]])
    one, two = measures(once, 100), measures(twice, 100)
    assert two.path == pytest.approx(2 * one.path)
    assert two.velocity == pytest.approx(one.velocity)


def test_the_romberg_ratio_divides_closed_by_open() -> None:
    assert balance.romberg_ratio(12, 8) == 1.5
    with pytest.raises(ValueError, match="Eyes open: 0"):
        balance.romberg_ratio(12, 0)


# --- The lesson's own questions -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "path", "velocity", "width"),
    [
        ([(0, 0), (0, 3), (4, 3), (4, 0), (0, 0)], 14, 3.5, 4),
        ([(0, 0), (4, 3), (8, 6), (4, 3), (0, 0)], 20, 5, 8),
        ([(0, 0), (6, 0), (0, 0), (6, 0), (0, 0)], 24, 6, 6),
        ([(0, n) for n in range(0, 31, 5)], 30, 5, 0),
    ],
)
def test_recordings_short_enough_for_paper(
    points: Iterable[tuple[float, float]], path: float, velocity: float, width: float
) -> None:
    found = measures(list(points), 1)
    assert (found.path, found.velocity, found.range_ap) == (path, velocity, width)


def test_the_rectangle_of_the_lesson_has_the_rms_it_prints() -> None:
    found = measures([(0, 0), (0, 3), (4, 3), (4, 0), (0, 0)], 1)
    assert (round(found.rms_ap, 1), round(found.rms_ml, 1)) == (2.0, 1.5)


def test_the_weaker_answer_of_the_question_stands_and_the_others_fall() -> None:
    damping = np.arange(1, 1500)
    assert is_stable(2.2 * TOPPLING, 300, 0.15)
    assert is_stable(1.25 * TOPPLING, 300, 0.25)
    for times_gravity in (1.5, 2.2, 2.8):
        assert not is_stable(times_gravity * TOPPLING, damping, 0.25).any()
    assert expected_sway(1.25 * TOPPLING, 300, 0.25, 1.75) > expected_sway(
        2.2 * TOPPLING, 300, 0.15, 1.75
    )


# --- What cannot be -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "rate", "words"),
    [
        ([[0, 0], [1, 1]], 10, "2 samples are too few"),
        ([[0, 0, 0]] * 4, 10, "two numbers, AP and ML"),
        ([[0, 0], [1, float("nan")], [0, 1]], 10, "missing or without end"),
        ([["a", 0]] * 3, 10, "is not a number"),
        ([[0, 0], [1, 1], [0, 1]], 0, "The rate: 0"),
    ],
)
def test_recordings_that_cannot_be_measured_say_why(
    points: object, rate: float, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        measures(points, rate)


def test_other_values_that_cannot_be_say_why() -> None:
    with pytest.raises(ValueError, match="does not come before its cause"):
        is_stable(900, 300, -0.1)
    with pytest.raises(ValueError, match="shorter than one sample"):
        swing(900, 300, 0.001, np.zeros((5, 1)))
    with pytest.raises(ValueError, match="the body falls"):
        record(Condition("stiff", 3.0, 100, 0.2, 1.0), 1)
    with pytest.raises(ValueError, match="between 1 and 600"):
        record(CONDITIONS["eyes open"], 1, 0.5)
    with pytest.raises(ValueError, match="2 points are too few"):
        balance.f_quantile(2)
    with pytest.raises(ValueError, match="between 0 and 1"):
        balance.chi_square_quantile(95)
