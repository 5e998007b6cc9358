"""The page a person sees at `/`: what arrived, what was written, what the prefeitura said."""
