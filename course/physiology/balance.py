"""Standing: an inverted pendulum held up by delayed feedback, and measures of its sway.

**Model.** The body is one stiff rod that turns about the ankles. With θ the lean in radians,

    J θ'' = m g h θ - K_P θ(t - τ) - K_D θ'(t - τ) + noise,

linear because a standing person leans little. The feedback answers lean with a stiffness K_P and
speed of lean with a damping K_D, both late by τ: K_P and K_D are gains of the delayed feedback.
Stiffness that acts at once, of tissue and of muscles tensed beforehand, is left out. The noise is
an Ornstein-Uhlenbeck torque, one that wanders with a time constant of 5 s. The form follows Maurer
and Peterka 2005 [S81]. The constants, m = 76 kg, h = 0.87 m and J = 66 kg m², are an adult's
(general knowledge), and the presets are the authors' own calibration: made to look plausible,
fitted to nobody. The foam preset exaggerates: most people sway less on foam.

**Stability.** Whether a set of gains holds the body up is decided exactly, by `critical_delay`.

**Measures.** `measures` reads a recording of the centre of pressure, in millimetres. Its ellipse
is the 95 % prediction ellipse, as Schubert and Kirchner 2014 advise [S86].
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MASS = 76.0  # kg
HEIGHT = 0.87  # m, of the centre of mass above the ankles
INERTIA = 66.0  # kg m², about the ankles
GRAVITY = 9.81  # m/s²
TOPPLING = MASS * GRAVITY * HEIGHT  # N m/rad: how fast gravity's torque grows with lean
NOISE_TIME = 5.0  # s, time constant of the noise
CUTOFF = 10.0  # Hz, of the low-pass filter
STEP = 0.01  # s between samples: 100 Hz
SETTLING = 20.0  # s that are simulated and thrown away before a recording begins
TAIL = 1.0  # s after it, likewise, so that the filter meets no end


# --- Stability --------------------------------------------------------------------------------


def critical_delay(stiffness: Any, damping: Any) -> Floats:
    """Return the delay in seconds up to which these gains hold the body up.

    `stiffness` (N m/rad) and `damping` (N m s/rad) are numbers or arrays that fit together. The
    body stands for every delay from 0 up to, and not including, the one returned. It is 0 where
    no delay will do. Gains that are no numbers raise a `ValueError`.

    Why this is exact. The characteristic equation is J s² - G + (K_P + K_D s) e^(-sτ) = 0, with
    G = m g h. If K_P < G, its left side is below 0 at s = 0 and above 0 for a large real s, so
    there is a positive real root at any delay; if K_P = G, the root is 0. If K_P > G, put s = iω
    and take absolute values: J²W² + (2 G J - K_D²) W + G² - K_P² = 0 for W = ω². The product of
    its two solutions is negative, so roots can meet the imaginary axis at a single frequency.
    W is the larger solution of a parabola that opens upwards, and so they always cross to the
    right as the delay grows (Walton and Marshall 1987; general knowledge, not cited). Without
    delay the body stands if K_D > 0. So it stands until the first crossing, at the delay
    atan2(K_D ω, K_P) / ω, and never again after it.
    """
    k, d = np.broadcast_arrays(_finite("The stiffness", stiffness), _finite("The damping", damping))
    half = INERTIA * TOPPLING - d**2 / 2
    inside = half**2 + INERTIA**2 * (k**2 - TOPPLING**2)
    stands = (k > TOPPLING) & (d > 0)
    squared = (np.sqrt(np.where(stands, inside, 1.0)) - half) / INERTIA**2
    omega = np.sqrt(np.where(stands, squared, 1.0))
    return np.where(stands, np.arctan2(d * omega, k) / omega, 0.0)


def is_stable(stiffness: Any, damping: Any, delay: float) -> npt.NDArray[np.bool_]:
    """Say where the gains hold the body up at a delay in seconds; see `critical_delay`.

    A negative delay raises a `ValueError`.
    """
    if not float(_finite("The delay", delay)) >= 0:
        raise ValueError(
            f"The delay: {delay} s cannot be, an answer does not come before its cause."
        )
    return critical_delay(stiffness, damping) > delay


def longest_delay() -> float:
    """Return the delay in seconds beyond which no gains of this kind hold the body up.

    As K_P comes down to m g h and K_D is chosen best, the critical delay comes up to
    sqrt(2 J / m g h), without reaching it.
    """
    return float(np.sqrt(2 * INERTIA / TOPPLING))


def expected_sway(
    stiffness: Any, damping: Any, delay: float, noise: float, *, frequencies: int = 600
) -> Floats:
    """Return the standard deviation in mm of the centre of mass, over endless standing.

    Gains as in `critical_delay`, `delay` in seconds, `noise` the standard deviation of the torque
    in N m. Infinite where the body does not stand. Computed as the area under the spectrum: noise
    of power 2 σ² T / (1 + ω²T²), through 1 / |characteristic equation at iω|², from 0 to 40 rad/s
    on a grid that is finer at low frequencies. Closer than 0.5 % to the stiffness at which the
    body falls, the spectrum's peak is too sharp for the grid, and the value is a rough one.
    """
    stable = is_stable(stiffness, damping, delay)
    k, d = (np.asarray(x, float)[..., np.newaxis] for x in (stiffness, damping))
    omega = 40.0 * np.linspace(0.0, 1.0, frequencies) ** 2
    s = 1j * omega
    answer = INERTIA * s**2 - TOPPLING + (k + d * s) * np.exp(-s * delay)
    torque = 2 * noise**2 * NOISE_TIME / (1 + (omega * NOISE_TIME) ** 2)
    with np.errstate(divide="ignore"):
        power = torque / np.abs(answer) ** 2
    variance = np.sum((power[..., 1:] + power[..., :-1]) / 2 * np.diff(omega), axis=-1) / np.pi
    return np.where(stable, 1000 * HEIGHT * np.sqrt(variance), np.inf)


# --- Simulation -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Condition:
    """How somebody stands: gains, delay and noise of the model. The authors' own calibration."""

    name: str
    stiffness: float
    """As a multiple of m g h; has to be above 1."""
    damping: float
    """N m s/rad"""
    delay: float
    """s"""
    noise: float
    """Standard deviation of the torque forwards and backwards, N m"""
    sideways: float = 0.6
    """Noise from side to side, as a share of the noise forwards and backwards"""


CONDITIONS = {
    condition.name: condition
    for condition in (
        Condition("eyes open", 1.40, 300, 0.15, 1.75),
        Condition("eyes closed", 1.35, 280, 0.17, 2.3),
        Condition("older, eyes closed", 1.30, 280, 0.19, 2.8),
        Condition("foam, eyes closed", 1.25, 260, 0.20, 5.0),
    )
}


@dataclass(frozen=True)
class Recording:
    """A simulated minute on a force plate.

    `pressure` (centre of pressure) and `mass` (centre of mass, seen from above) have one row per
    sample and two columns, forwards (anterior-posterior, AP) and sideways (medial-lateral, ML), in
    mm about where the ankles are. `rate` is in samples a second.
    """

    pressure: Floats
    mass: Floats
    rate: float


def record(condition: Condition, seed: int, seconds: float = 60.0) -> Recording:
    """Simulate standing and return what a force plate would record, low-passed at 10 Hz.

    The same seed gives the same recording. Gains that do not hold the body up, and a time that is
    not between 1 and 600 s, raise a `ValueError`.
    """
    if not 1 <= seconds <= 600:
        raise ValueError(f"The time: {seconds} s; choose between 1 and 600 seconds.")
    stiffness = condition.stiffness * TOPPLING
    if not is_stable(stiffness, condition.damping, condition.delay):
        raise ValueError(f"{condition.name}: with these gains and this delay the body falls.")
    first, count = round(SETTLING / STEP), round(seconds / STEP) + 1
    samples = first + count + round(TAIL / STEP)
    size = condition.noise * np.array([1.0, condition.sideways])
    noise = wandering_torque(size, samples, np.random.default_rng(seed))
    lean, torque = swing(stiffness, condition.damping, condition.delay, noise)
    kept = slice(first, first + count)
    # The ankles' torque is m g times the place at which the ground pushes.
    pressure = _low_passed(-1000 * torque / (MASS * GRAVITY))[kept]
    return Recording(pressure, (1000 * HEIGHT * lean)[kept], 1 / STEP)


def wandering_torque(size: Floats, samples: int, rng: np.random.Generator) -> Floats:
    """Return an Ornstein-Uhlenbeck torque in N m: one row per sample, one column per size.

    Every sample has the standard deviation of its column; after t seconds the correlation has
    fallen to exp(-t / 5 s). The steps are exact, not approximate.
    """
    keep = float(np.exp(-STEP / NOISE_TIME))
    shocks = rng.standard_normal((samples, len(size)))
    shocks[1:] *= np.sqrt(1 - keep**2)
    for now in range(1, samples):
        shocks[now] += keep * shocks[now - 1]
    return np.asarray(size * shocks)


def swing(stiffness: Any, damping: Any, delay: float, noise: Floats) -> tuple[Floats, Floats]:
    """Run the pendulum from rest and return lean (rad) and the torque about the ankles (N m).

    `noise` has one row per sample of 0.01 s and one column per pendulum; gains are numbers or one
    per column. The torque returned is feedback plus noise, without gravity's. The delay is at
    least one sample, and is rounded to whole samples; a shorter one raises a `ValueError`.

    Between samples the torque is taken as a straight line, for which the equation of motion has
    an exact solution. The torque of one delay's length is known beforehand, so whole stretches
    of that length are computed at once.
    """
    late = round(delay / STEP)
    if late < 1:
        raise ValueError(f"The delay: {delay} s is shorter than one sample of {STEP} s.")
    samples, columns = noise.shape
    move, push = _stretch(late)
    # In front stands one delay of rest: what the feedback answers in the first stretch.
    state = np.zeros((2, samples + 2 * late + 1, columns))
    torque = np.zeros((samples + late + 1, columns))
    torque[:samples] = noise
    for start in range(0, samples, late):
        # State k stands at index k + late, so index k holds what was felt one delay before k.
        felt = state[:, start + 1 : start + late + 1]
        torque[start + 1 : start + late + 1] -= stiffness * felt[0] + damping * felt[1]
        ahead = np.tensordot(push, torque[start : start + late + 1], axes=(2, 0))
        ahead += np.tensordot(move, state[:, start + late], axes=(2, 0))
        state[:, start + late + 1 : start + 2 * late + 1] = ahead
    return state[0, late : late + samples], torque[:samples]


def _stretch(late: int) -> tuple[Floats, Floats]:
    """Return what turns a state and `late` + 1 torques into the next `late` states.

    Indices are state (lean, speed), sample, and then state or torque.
    """
    root = np.sqrt(TOPPLING / INERTIA)
    ch, sh = np.cosh(root * STEP), np.sinh(root * STEP)
    turn = np.array([[ch, sh / root], [root * sh, ch]])
    held = np.array([(ch - 1) / root**2, sh / root]) / INERTIA
    rising = np.array([(sh / root - STEP) / root**2, (ch - 1) / root**2]) / (INERTIA * STEP)
    move, push = np.zeros((2, late, 2)), np.zeros((2, late, late + 1))
    state, answer = np.eye(2), np.zeros((2, late + 1))
    for now in range(late):
        state, answer = turn @ state, turn @ answer
        answer[:, now] += held - rising
        answer[:, now + 1] += rising
        move[:, now], push[:, now] = state, answer
    return move, push


def _low_passed(signal: Floats) -> Floats:
    """Damp what is quicker than 10 Hz as a second-order Butterworth filter does, without lag."""
    quick = np.fft.rfftfreq(len(signal), STEP) / CUTOFF
    gain = 1 / np.sqrt(1 + quick**4)
    return np.fft.irfft(np.fft.rfft(signal, axis=0) * gain[:, np.newaxis], len(signal), axis=0)


# --- Measures of a recording ------------------------------------------------------------------


@dataclass(frozen=True)
class SwayMeasures:
    """Measures of one recording of the centre of pressure. AP is forwards, ML sideways."""

    seconds: float
    path: float
    """mm: the way the point has gone"""
    velocity: float
    """mm/s: the way divided by the time"""
    rms_ap: float
    """mm: root mean square about the mean place"""
    rms_ml: float
    range_ap: float
    """mm: from the foremost to the hindmost point"""
    range_ml: float
    ellipse: float
    """mm²: 95 % prediction ellipse, by the F form"""
    ellipse_large: float
    """mm²: the same by the chi-square form, for long recordings"""
    mean_ellipse: float
    """mm²: 95 % confidence ellipse of the mean place, as if the points were independent"""
    frequency: float
    """Hz: turns a second on a circle with the mean distance as its radius"""

    def __str__(self) -> str:
        """Say the main measures, as a lesson prints them."""
        return (
            f"path {self.path:.0f} mm, velocity {self.velocity:.1f} mm/s, "
            f"RMS {self.rms_ap:.1f} mm (AP) and {self.rms_ml:.1f} mm (ML), "
            f"ellipse {self.ellipse:.0f} mm²"
        )


def measures(points: Any, rate: float) -> SwayMeasures:
    """Measure a recording: one row per sample with AP and ML in mm, `rate` samples a second.

    The time is that between the first sample and the last. All measures depend on the filter, the
    rate and the time: compare recordings that have these in common. Fewer than three samples, a
    wrong shape, gaps and a rate that is not above 0 raise a `ValueError`.

    Path, velocity, RMS and range are the usual definitions. The ellipses are those of
    `prediction_ellipse_area` and `confidence_ellipse_area`. The frequency is path / (2π times the
    mean distance from the mean place times the time); 0 if nothing moves (general knowledge).
    """
    place = _recording(points)
    if not rate > 0 or not np.isfinite(rate):
        raise ValueError(f"The rate: {rate} samples a second; it has to be above 0.")
    seconds = (len(place) - 1) / rate
    path = float(np.sum(np.hypot(*np.diff(place, axis=0).T)))
    away = place - place.mean(axis=0)
    distance = float(np.mean(np.hypot(*away.T)))
    rms, width = np.sqrt(np.mean(away**2, axis=0)), np.ptp(place, axis=0)
    return SwayMeasures(
        seconds=seconds,
        path=path,
        velocity=path / seconds,
        rms_ap=float(rms[0]),
        rms_ml=float(rms[1]),
        range_ap=float(width[0]),
        range_ml=float(width[1]),
        ellipse=prediction_ellipse_area(place),
        ellipse_large=large_sample_ellipse_area(place),
        mean_ellipse=confidence_ellipse_area(place),
        frequency=path / (2 * np.pi * distance * seconds) if distance else 0.0,
    )


def romberg_ratio(closed: float, opened: float) -> float:
    """Divide a measure with eyes closed by the same measure with eyes open; it has no unit.

    A measure that is not above 0 raises a `ValueError`.
    """
    for eyes, value in (("closed", closed), ("open", opened)):
        if not value > 0:
            raise ValueError(f"Eyes {eyes}: {value} cannot be divided, a measure is above 0.")
    return closed / opened


# --- Ellipses ---------------------------------------------------------------------------------


def chi_square_quantile(share: float = 0.95) -> float:
    """Return the quantile of the chi-square distribution with 2 degrees of freedom.

    Its distribution function is 1 - exp(-x/2), so the quantile is -2 ln(1 - share).
    """
    return float(-2 * np.log1p(-_share(share)))


def f_quantile(points: int, share: float = 0.95) -> float:
    """Return the quantile of the F distribution with 2 and `points` - 2 degrees of freedom.

    With m = `points` - 2 its distribution function is 1 - (1 + 2x/m)^(-m/2), which can be solved
    for x. Fewer than three points raise a `ValueError`.
    """
    if points < 3:
        raise ValueError(f"{points} points are too few for an ellipse: three or more are needed.")
    m = points - 2
    return float(m / 2 * np.expm1(-2 / m * np.log1p(-_share(share))))


def prediction_ellipse_area(points: Any, share: float = 0.95) -> float:
    """Return the area in mm² that is expected to hold this share of further points.

    The F form, π · 2(n² - 1) / (n(n - 2)) · F · sqrt(det S), with S the covariance (divided by
    n - 1), for points that are independent and normally distributed. Points of a recording are
    not independent; the area still describes their spread. That this ellipse is the one to use is
    from [S86]; the F form is standard statistics (general knowledge, not cited).
    """
    place = _recording(points)
    return float(np.pi * prediction_scale(len(place), share) * _spread(place))


def prediction_scale(points: int, share: float = 0.95) -> float:
    """Return the square of the prediction ellipse's size, in standard deviations, by the F form."""
    n = points
    quantile = f_quantile(n, share)
    return 2 * (n**2 - 1) / (n * (n - 2)) * quantile


def confidence_scale(points: int, share: float = 0.95) -> float:
    """Return the square of the confidence ellipse's size, in standard deviations."""
    return prediction_scale(points, share) / (points + 1)


def confidence_ellipse_area(points: Any, share: float = 0.95) -> float:
    """Return the area in mm² within which the *mean place* is expected.

    It is the prediction ellipse's area divided by n + 1, and so shrinks as points come in. As if
    the points were independent: neighbours in a recording are not, and then it is too small.
    """
    place = _recording(points)
    return float(np.pi * confidence_scale(len(place), share) * _spread(place))


def large_sample_ellipse_area(points: Any, share: float = 0.95) -> float:
    """Return the prediction ellipse's area in mm² by the chi-square form, for many points.

    π · χ² · sqrt(det S); for 95 % the first two factors are 18.82. Source: [S86].
    """
    return float(np.pi * chi_square_quantile(share) * _spread(_recording(points)))


def ellipse_outline(points: Any, scale: float, corners: int = 120) -> Floats:
    """Return the outline of an ellipse about the mean place, as rows of AP and ML in mm.

    `scale` is the square of its size in standard deviations, as `prediction_scale` gives it.
    """
    place = _recording(points)
    variances, axes = np.linalg.eigh(np.cov(place.T))
    turn = np.linspace(0, 2 * np.pi, corners)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    lengths = np.sqrt(scale * np.maximum(variances, 0))
    return np.asarray(place.mean(axis=0) + (circle * lengths) @ axes.T)


def _spread(place: Floats) -> float:
    """Return the square root of the determinant of the covariance, in mm²."""
    return float(np.sqrt(max(np.linalg.det(np.cov(place.T)), 0.0)))


# --- Checks -----------------------------------------------------------------------------------


def _finite(what: str, value: Any) -> Floats:
    try:
        numbers = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{what}: {value!r} is not a number.") from None
    if not np.all(np.isfinite(numbers)):
        raise ValueError(f"{what}: a value is missing or without end; give ordinary numbers.")
    return numbers


def _share(share: float) -> float:
    if not 0 < share < 1:
        raise ValueError(f"The share: {share}; it lies between 0 and 1, as 0.95 does.")
    return share


def _recording(points: Any) -> Floats:
    """Check a recording: three rows or more, two columns, no gaps."""
    place = _finite("The recording", points)
    if place.ndim != 2 or place.shape[1] != 2:
        raise ValueError("The recording: give one row per sample, with two numbers, AP and ML.")
    if len(place) < 3:
        raise ValueError(f"The recording: {len(place)} samples are too few, three are needed.")
    return place
