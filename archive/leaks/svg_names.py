"""The elements and attributes that a drawing (SVG) may hold: those that only draw."""

_DRAWING = """
svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata style
image marker pattern mask clipPath linearGradient radialGradient stop filter view switch
feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
"""
_SHAPE = """
id class style lang role tabindex focusable x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy width height d points
viewBox preserveAspectRatio transform pathLength rotate textLength lengthAdjust startOffset method spacing side
offset refX refY markerWidth markerHeight markerUnits orient patternUnits patternContentUnits patternTransform
gradientUnits gradientTransform spreadMethod maskUnits maskContentUnits clipPathUnits filterUnits primitiveUnits
in in2 result mode type values operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode
preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent kernelUnitLength limitingConeAngle
pointsAtX pointsAtY pointsAtZ z azimuth elevation scale xChannelSelector yChannelSelector stdDeviation radius
baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude exponent version baseProfile
zoomAndPan media systemLanguage href
"""
_LOOK = """
alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity fill-rule filter
flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant
font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering kerning letter-spacing
lighting-color marker marker-end marker-mid marker-start mask mix-blend-mode opacity overflow paint-order
pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
transform-origin unicode-bidi vector-effect visibility word-spacing writing-mode
"""

ELEMENTS = frozenset(_DRAWING.split())
ATTRIBUTES = frozenset((*_SHAPE.split(), *_LOOK.split()))
