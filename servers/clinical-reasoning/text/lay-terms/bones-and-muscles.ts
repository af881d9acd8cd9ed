/** Everyday names of findings: bones, joints, muscles and face. A label and its names, one finding after the other. */

export const BONES_AND_MUSCLES = `
Arachnodactyly: long fingers | long thin fingers | fingers are long | very long fingers
Back pain: backache
Calf muscle hypertrophy: enlarged calves | big calves | large calves | calf enlargement | thick calves | bulky calves |
  enlarged calf muscles | large calf muscles | bulky calf muscles
Difficulty climbing stairs: trouble climbing stairs | cannot climb stairs | difficulty with stairs |
  trouble with stairs | problems climbing stairs
Distal muscle weakness: weakness of hands and feet | weak hands and feet | weakness of feet and hands
Finger clinodactyly: curved fingers
Flexion contracture: contractures | joint contractures
Genu valgum: knock kneed
Gowers sign: gowers maneuver | gowers manoeuvre | positive gowers
Hypotonia: floppy | floppiness | poor muscle tone | floppy infant
Increased susceptibility to fractures: brittle bones | bones break easily
Joint hypermobility: loose joints | hypermobile | bendy joints | joints are loose | overly flexible joints
Lower limb muscle weakness: weakness of one leg
Macrocephaly: increased occipitofrontal circumference
Muscle spasm: leg cramps
Muscle weakness: loss of muscle strength | loss of strength
Neonatal hypotonia: floppy baby | floppy newborn | floppy at birth
Pectus carinatum: protruding breastbone
Pectus excavatum: sunken chest | hollow chest
Pes cavus: high arches of the feet | high foot arches | hollow feet
Pes planus: flatfeet | fallen arches
Polydactyly: extra fingers | extra toes | six fingers | six toes | extra digit
Proximal muscle weakness: weak hips and shoulders | weakness of hips and shoulders
Recurrent fractures: many fractures | fractures easily | breaks bones easily | broken bones again and again
Reduced bone mineral density: low bone density
Scoliosis: curved spine | curvature of the spine | crooked spine
Skeletal muscle atrophy: loss of muscle | muscle loss
Syndactyly: fused fingers
Tendon xanthomatosis: yellow lumps on the tendons | yellow lumps on his tendons | yellow lumps on her tendons
Upper limb muscle weakness: weakness of one arm
Preaxial polydactyly: preaxial hexadactyly
`;
